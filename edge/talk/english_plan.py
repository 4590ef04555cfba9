"""The English words for health, plans, wishes and asking, and the small words that join a sentence.

The rule of this file: data alone, as in `english`.
"""

from __future__ import annotations

LIFE = {
    "medication:beta_blocker": (
        "beta blocker, beta blockers, betablocker, betablockers, metoprolol, bisoprolol, propranolol, atenolol, "
        "nebivolol, carvedilol, heart meds, heart medication, beta block*"
    ),
    "medication:antibiotic": (
        "antibiotic, antibiotics, amoxicillin, penicillin, doxycycline, azithromycin, "
        "clarithromycin, augmentin, cefalexin, cephalexin, antibiotika"
    ),
    "medication:antibiotic_quinolone": (
        "ciprofloxacin, cipro, levofloxacin, moxifloxacin, ofloxacin, fluoroquinolone*, quinolone*"
    ),
    "medication:painkiller": (
        "painkiller, painkillers, pain killer, pain killers, ibuprofen, paracetamol, advil, aspirin, "
        "tylenol, naproxen, "
        "diclofenac, aleve, nurofen, voltaren, nsaid, nsaids, pain meds, ibu, acetaminophen, codeine, tramadol, pain "
        "pill, pain pills, anti inflammatories, anti inflammatory, antiinflammatories, opioids, pain relief, pain "
        "medication, motrin, cortisone shot, cortisone injection, novalgin"
    ),
    "medication:blood_thinner": (
        "blood thinner, blood thinners, warfarin, xarelto, eliquis, anticoagulant, anticoagulants, heparin, apixaban, "
        "rivaroxaban, coumadin"
    ),
    "medication:": (
        "medication, medications, meds, medicine, pills, tablets, prescription, antihistamine*, inhaler, insulin, "
        "statin, statins, ssri, antidepressant*, prednisone, cortisone, steroids, thyroxine, "
        "levothyroxine, diuretic*, "
        "ace inhibitor*, blood pressure pills, allergy pills, cold medicine, sertraline, ritalin, methylphenidate, "
        "adderall, ozempic, semaglutide, ventolin, salbutamol, asthma spray, cetirizine"
    ),
    "STARTED": "started, put me on, new, began",
    "pregnancy:pregnant": (
        "pregnant, pregnancy, expecting, trimester, first trimester, second trimester, third trimester, im expecting, "
        "with child, baby bump, weeks along, having a baby, baby on the way, positive pregnancy test, preggo, preggers"
    ),
    "pregnancy:postpartum": (
        "gave birth, postpartum, post partum, baby born, had a baby, had my baby, had the baby, birth of my, after "
        "giving birth, c section, csection, caesarean, cesarean, delivered my, since giving birth, baby was born, "
        "postnatal, after birth, since the birth, weeks post birth, our baby arrived, my baby "
        "arrived, baby came, given "
        "birth, baby arrived, after the birth, since birth, birth was, new mum, new mom, delivered our, delivered a "
        "baby"
    ),
    "pregnancy:breastfeeding": (
        "breastfeeding, breast feeding, nursing my, nursing, breastfeed, breastfed, pumping milk, nursing mother, "
        "lactating"
    ),
    "cycle:period": (
        "period, my period, got my period, on my period, menstruating, menstruation, menses, first day of my cycle, "
        "cycle day, of my cycle, time of the month, heavy period, my cycle, day of my period, menstrual, aunt flo, "
        "period started, shark week, period is here"
    ),
    "cycle:cramps": (
        "period cramps, menstrual cramps, period pain, period pains, cramps from my period, menstrual "
        "pain, bad period "
        "cramps, menstrual pains, cramps from the period, cramps because of my period"
    ),
    "cycle:pms": "pms, premenstrual, pmdd, before my period",
    "cycle:menopause": "menopause, perimenopause, perimenopausal, hot flashes, hot flushes, menopausal, hot flush",
    "cycle:late": "period is late, late period, period is overdue, period late, my period is late",
    "cycle:ovulation": "ovulation, ovulating, luteal, luteal phase, follicular, follicular phase, pcos, endometriosis",
    "red_s:no_period": (
        "no period, lost my period, missed my period, missing period, period stopped, period has "
        "stopped, havent had my "
        "period, havent had a period, amenorrhea, amenorrhoea, period disappeared, missed three periods, missed two "
        "periods, missed periods, no periods, periods stopped, periods have stopped, missed my last, "
        "skipped my period, "
        "absent period, absent periods, didnt get my period, period is gone, period has been gone, period is absent, "
        "period went missing, period has gone, period hasnt come, period didnt come, not had a period, not had my "
        "period, irregular periods, period is missing, periods are irregular, my period is irregular, stopped "
        "menstruating, dont get my period, not getting my period, no menstruation, stopped getting my period, not "
        "gotten my period, period vanished, periods vanished, periods disappeared, periods have "
        "disappeared, havent got "
        "my period, no longer get my period, period ceased, periods are gone, havent menstruated, not menstruated, "
        "havent gotten my period, period has disappeared, without a period, without my period, missed period, no cycle"
    ),
    "red_s:stress_fracture": (
        "stress fracture, stress fractures, stress reaction, bone stress injury, stress fx, bone stress, bone stress "
        "reaction, fatigue fracture"
    ),
    "red_s:eating_less": (
        "eating less, eat less, skipping meals, skip meals, eating very little, barely eating, barely eat, not eating "
        "enough, eat very little, skipped meals, starving myself, restricting food, cutting calories, dieting hard, "
        "hardly eating, not eating much, restrict my eating, anorexia, anorexic, bulimia, eating disorder, throw up "
        "after eating, crash diet, only 1000 calories, skipping dinner, skipping breakfast, skipping lunch, "
        "restricting, fasting, afraid to eat, scared to eat, underfuelling, underfueling, hardly eat, eat hardly "
        "anything, hardly eaten, barely eaten, under eating, undereating, eaten almost nothing, eat almost nothing, "
        "stopped eating, skipped dinner, skipped breakfast, skipped lunch, no appetite, dont eat "
        "enough, cut out carbs, "
        "eaten very little, eat only, low energy availability, make myself throw up, scared of food, counting every "
        "calorie, dont eat much, dont eat, calorie deficit, not eaten, not eating, havent eaten, underfueled, "
        "underfuelled"
    ),
    "red_s:": (
        "red s, reds, relative energy deficiency, osteopenia, low bone density, osteoporosis, losing my hair, female "
        "athlete triad, hair is falling out, underweight"
    ),
    "red_s:weight_loss": (
        "losing weight without trying, losing too much weight, lost too much weight, losing weight fast, weight keeps "
        "dropping, unintentional weight loss, losing weight unintentionally, unintended weight loss, keep losing "
        "weight, losing a lot of weight"
    ),
    "LOSE": "lose, drop, shed, slim, cut down, burn off, get rid of, get down, losing, take off, trim, down to",
    "LOST": "lost, dropped",
    "GAIN": "gain, put on, bulk, gaining, bulk up",
    "WEIGHT": (
        "weight, goal weight, target weight, race weight, fat, lighter, body weight, belly fat, leaner, slimmer, "
        "bodyweight, body fat"
    ),
    "weight_goal:target": "goal weight, target weight, goal weight is, target weight is, get down to, weigh less than",
    "weight_goal:lose": (
        "lose weight, losing weight, drop weight, slim down, get lighter, get slimmer, lose fat, shed "
        "weight, lose some "
        "weight, lose a few, shed some weight, shed a few, get leaner, lose my belly, lose a little "
        "weight, lose a bit "
        "of weight, on a diet, drop a few pounds, drop some weight, too heavy, lose belly fat, too fat, drop a few "
        "kilos, want to be lighter"
    ),
    "weight_goal:gain": (
        "gain weight, put on weight, bulk up, gain some weight, put on some weight, gain muscle, build muscle, gain a "
        "bit of weight, put on muscle, put on a bit of weight, gain mass"
    ),
}
PLAN = {
    "TIME": "time, the time, hours available",
    "ONLY": (
        "only, just, max, maximum, tops, at most, no more than, not more than, up to, limited to, is all, thats all, "
        "all i have, all i can, all ive got, all i 've got, less than, under, is all i have, have to be done in, no "
        "longer than, not longer than, have to be done within, squeeze in, within, only got, short on "
        "time, max out at, "
        "all ive, keep it to, keep it under, keep it short, quick, a quick, short"
    ),
    "HAVE": (
        "have, ive got, i got, got, could do, can do, available, can spare, free, back in, gotta be "
        "back in, need to be "
        "back in, lunch break, lunch, leave in, window, slot, time for, can run for, spare, there is, "
        "theres, there 's, "
        "must leave, need to leave, got to leave, have to leave, before work, left, budget, time budget, be done in, "
        "time limit, home in, home by, manage, can run, i can only, done in"
    ),
    "DAYWORD:today": "today, this evening, tonight, this afternoon, this morning, todays",
    "DAYWORD:tomorrow": "tomorrow, tmrw, tmr, tomorrows, tomorow, tomorrow morning, tomorrow evening",
    "DAYWORD:monday": "monday, mondays, mon",
    "DAYWORD:tuesday": "tuesday, tuesdays, tue, tues",
    "DAYWORD:wednesday": "wednesday, wednesdays, wed",
    "DAYWORD:thursday": "thursday, thursdays, thu, thur, thurs",
    "DAYWORD:friday": "friday, fridays, fri",
    "DAYWORD:saturday": "saturday, saturdays, sat",
    "DAYWORD:sunday": "sunday, sundays, sun",
    "DAYWORD:weekend": "weekend, weekends, the weekend, this weekend, at the weekend, next weekend, on weekends",
    "DAYWORD:week": (
        "this week, next week, the whole week, all week, this coming week, the rest of the week, whole week, on "
        "weekdays, weekdays"
    ),
    "CAN": (
        "can run, can train, can make it, works for me, works, available, free, possible, is free, off work, im free, "
        "could run, suits me, can do, able to run, day off, be able to run, able to train, be able to train, doable, "
        "work for me, make it, run, train, running, training, jog, go running, go for a run, fit it "
        "in, work out, a run"
    ),
    "BUSY": (
        "busy, meetings all day, booked, booked up, no chance, tied up, occupied, have to work, full "
        "schedule, packed, "
        "have a meeting, fully booked, dont work for me, doesnt work for me, away from running, in "
        "meetings, cant make "
        "it, wont work, appointment, babysitting, no childcare, have plans, got plans, doesnt work, dont work, "
        "meetings, wedding, unavailable, cant run, cannot run, wont be able to run, cant train, "
        "cannot train, no time, "
        "have no time, dont have time, no run, no running, not able to run, unable to run, cant make, "
        "cant do, wont be "
        "running, not available, working all day, no time to run, skip, wont run, wont have time, havent got time, "
        "havent time, not free, dont have any time, no training, no window, wont make it, out of the question, cannot "
        "make it, wont be able to train, moved house, day is full, is full, is packed, no workout, zero time, not "
        "running, is out, have the kids, got the kids, no gap, gym is closed, family visiting, not possible, "
        "impossible, no go, working late, have to look after the kids, looking after the kids, "
        "looking after the baby, "
        "dont have the time, not going to run, not gonna run, i am out, have to skip, need to skip, "
        "must skip, cant get "
        "out, cant fit, wont fit"
    ),
    "PERWEEK": (
        "times a week, times per week, days a week, days per week, runs a week, runs per week, x a week, x per week, "
        "sessions a week, sessions per week, times weekly, days each week, times each week, runs each week, x week, "
        "workouts a week, workouts per week, times this week, days this week, runs this week, x this week, training "
        "days, running days, times every week, days of the week, per week, a week i can"
    ),
    "travel:": (
        "travelling, traveling, travel, trip, vacation, holiday, holidays, hotel, road trip, business trip, away from "
        "home, visiting my, conference, on the road, abroad, camping, on tour, driving to, on a train, on vacation, "
        "train to, out of town, moving to, staying in, staying at, relocating, city break, work trip, im away, away "
        "for, away until, away on business, cruise, moving house, going to visit, away for work, travelled, traveled, "
        "airbnb, hostel, road tripping"
    ),
    "travel:flight": (
        "flying, fly, flight, long haul, long haul flight, airport, plane, redeye, red eye, flew, "
        "layover, fly to, fly "
        "out, fly home, flights"
    ),
    "travel:jetlag": "jet lag, jetlag, jetlagged, jet lagged, time zone, time zones, timezone, time difference",
    "LANDED": (
        "landed, just landed, arrived, just arrived, moving, going up, heading, off to, going to, moved to, week in, "
        "weeks in, days in, staying, ski trip, weekend in, skiing, heading to, arrive, live at, sleeping at, training "
        "camp, camp, arriving, got to, arrived in, month in, hiking in, trek, trekking, hut to hut"
    ),
    "WANT": (
        "let me, want, want to, wanna, would like, would love, id like, id love, fancy, prefer, id prefer, id rather, "
        "rather, please, pls, dreaming of, dream of, lets, can we, could we, can i, could i, wish, wish for, give me, "
        "in the mood for, more, hope to, aiming for, my goal is, goal is, goal, i 'd like, like to, "
        "feel like, keen on, "
        "plan to, planning to, looking forward to, how about, instead, love to, aim, training for, let 's, hoping to, "
        "aim to, i need, signed up for, registered for, keen to, is there, less, fewer, skip the, "
        "swap, could you, can "
        "you, can you give me, hoping for, rather not, dont want, no more, target, dream is, qualify for, favour, "
        "favor, entered, entering, enough of, sick of, tired of, bored of, bored with, craving, up for, id be happy "
        "with, would be nice, be nice to, up for a, try, want more, want less"
    ),
    "W:race": (
        "marathon, half marathon, half, ultra, ultramarathon, race, 10k race, 5k race, parkrun, "
        "triathlon, ironman, sub "
        "4, sub 3, new pb, a pb, pr, pb, personal best, 10k, 5k, 50k, 100k, sub 4 hours, sub 20, sub "
        "40, sub 50, trail "
        "race, races, marathons, couch to 5k, bq, first marathon, sub 25, sub 30, relay, qualify"
    ),
    "W:hills": (
        "hills, hilly, hill repeats, more climbing, hill sprints, uphill, elevation gain, hill, climbs, vert, hill reps"
    ),
    "W:flat": "flat, keep it flat, flat route, flat course, no hills",
    "W:easy": (
        "easy, something easy, relaxed, gentle, slow, recovery run, easy run, chill, shorter, slower, easier, lighter "
        "session, short and easy, take it easy, gently, laid back, jog, less volume, less, easier week, dial it back, "
        "walk run, run walk, walk breaks"
    ),
    "W:fast": (
        "intervals, faster, tempo, tempo run, speed work, speedwork, speed, speed session, fartlek, track, sprints, "
        "threshold, harder, fast, harder session, hard session, harder sessions, tougher, quicker, vo2max, something "
        "fast, get faster, strides, run fast, hard workout, hard workouts, interval session, something hard, harder "
        "plan, more intensity, more challenging, challenge"
    ),
    "W:long": (
        "long run, long runs, longer run, longer, longer runs, something long, run longer, further, farther, more "
        "mileage, more kilometres, more kilometers, more miles, more volume, higher mileage, long one, run further, "
        "more distance, big mileage"
    ),
    "W:rest": (
        "rest day, rest, day off, a break, recovery day, recovery week, rest days, rest week, take a "
        "break, down week, "
        "deload, take a day off, take today off, take the day off, take tomorrow off, pause, easy week"
    ),
    "W:cross": (
        "swim, swimming, bike, cycle, cycling, biking, cross train, cross training, elliptical, row, "
        "rowing, aqua jog, "
        "pool, crosstraining, spin, spinning, ride my bike, bike ride, aqua jogging, hike, hiking, skiing, climbing "
        "gym, football, tennis, ride, go cycling"
    ),
    "W:strength": (
        "strength, strength training, strength exercises, gym, weights, core, core work, yoga, stretching, mobility, "
        "pilates, strength work, exercises, weight training, stretches, plyometrics, lift, lifting"
    ),
    "W:trail": "trail, trails, trail run, trail running, forest, off road, woods, trail runs, park, offroad",
    "W:morning": (
        "running in the morning, in the morning, mornings, morning runs, run in the morning, before work, early "
        "morning, early runs, morning run"
    ),
    "W:evening": (
        "in the evening, evenings, evening runs, run in the evening, after work, run at night, evening run, night runs"
    ),
    "W:other": (
        "something else, anything else, treadmill, music, company, group, running group, partner to run, variety, new "
        "route, new routes, new shoes, different route, running partner, alone, indoors, outside, "
        "pace less, no watch, "
        "outdoors, stroller, buggy, metric, miles instead, voice, route, audio, run club, barefoot, something new, "
        "something different, with my dog, with friends, fewer messages, less talking, social run, technique, drills, "
        "cadence"
    ),
    "RUN": "run, running, jog, jogging, train, training, session, race, workout, runs",
}
TABLES = (LIFE, PLAN)
