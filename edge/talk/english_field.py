"""English for the whole field of shifts, pills, weather, travel, days and wishes, and where a pain has gone.

The rule of this file: data alone, as in `english`.
"""

from __future__ import annotations

FIELD = {
    "shift_work:night": (
        "night shift tonight, night shift tomorrow, on nights till, on nights until, on nights again, on nights, "
        "doing "
        "nights, working nights, work every night, work every night until, working every night, work through the "
        "night, "
        "overnights, on the overnight, third shift, the night shift, nights at the hospital, nights at the "
        "warehouse, nights "
        "at work, week of nights, block of nights, run of nights, set of nights, string of nights, string of night "
        "shifts, "
        "back to back nights, just off a night shift, came off nights, straight off nights, off a night shift, last "
        "night "
        "shift, after a night shift, overnight duty, overnight at work, work until 2, work until 3, work until 4, "
        "work till "
        "3, working until 2, working till 3, working until 3, nightwork, nocturnal shift, dog watch, nightshift again"
    ),
    "shift_work:late": (
        "late shift this week, the late shift, work the late shift, on the late shift, lates this week, lates all "
        "week, twilight "
        "shift, swing shift, second shift, closing shift, evening duty, late duty, late duties, work late shifts, "
        "finish at 22, "
        "finish at 23, finish at midnight"
    ),
    "shift_work:early": (
        "early shift this week, the early shift, on the early shift, earlies all week, dawn shift, opening shift, "
        "early duty, "
        "early duties, first shift, start at 5, start work at 4, start work at 5, work starts at 5, work starts at 4"
    ),
    "shift_work:": (
        "on call this week, on call tonight, on call all weekend, oncall, 24h shift, 24h on call, 24 h shift, 24 "
        "hour duty, "
        "12h shift, 12h shifts, 12 h shift, 13 hour shift, 14 hour shift, 16 hour shift, long shift, long shifts, "
        "extra "
        "shift, extra shifts, back to back shifts, shift pattern, shift patterns, "
        "rostered on, shift plan, continental shifts, rotating rota, changing shifts, shift change, working "
        "weekends, "
        "weekend shift, weekend duty, paged at, bleep went, standby duty, on standby"
    ),
    "medication:": (
        "lansoprazole, omeprazole, pantoprazole, metformin, ozempic, wegovy, mounjaro, levothyroxin, eutirox, "
        "thyroid "
        "pills, thyroid tablets, thyroid meds, thyroid medication, nose spray, nasal spray, decongestant, sudafed, "
        "cough "
        "medicine, cough syrup from, lemsip, loratadine, fexofenadine, loperamide, imodium, melatonin, sleeping "
        "pills, "
        "sleeping tablets, sleeping pill, zopiclone, zolpidem, diazepam, valium, xanax, lorazepam, citalopram, "
        "fluoxetine, "
        "prozac, escitalopram, venlafaxine, mirtazapine, lithium, antipsychotic*, anti depressants, lexapro, zoloft, "
        "wellbutrin, vyvanse, concerta, elvanse, adhd meds, iron tablets, iron pills, iron supplements, iron "
        "infusion, "
        "vitamin d tablets, hrt, hormone tablets, hormone pills, hormone replacement, oestrogen, estrogen patch, "
        "progesterone, birth control, birth control pill, contraceptive, mini pill, the coil, candesartan, losartan, "
        "valsartan, enalapril, perindopril, indapamide, bendroflumethiazide, furosemide, spironolactone, diltiazem, "
        "verapamil, digoxin, flecainide, amiodarone, atorvastatin, simvastatin, rosuvastatin, methotrexate, "
        "hydroxychloroquine, sulfasalazine, biologic, biologics, humira, chemo, chemotherapy, tamoxifen, "
        "immunosuppressants, "
        "steroid injection, steroid tablets, cortisone shot, cortisone, steroid inhaler, brown inhaler, blue "
        "inhaler, new "
        "inhaler, symbicort, fostair, montelukast, malaria tablets, malarone, lariam, altitude pills, diamox, "
        "acetazolamide, antivirals, tamiflu, aciclovir, paxlovid, antifungal, eye drops, ear drops, epipen, allergy "
        "shots, "
        "vaccination, vaccine, vaccinated, jab, flu jab, flu shot, covid jab, booster, booster jab, got vaccinated, "
        "tetanus "
        "shot, pills for, tablets for, drops for, medicine for, medication for, meds for, prescribed me, doctor "
        "prescribed, "
        "gp prescribed, been prescribed, put me on, started on, pressure pills, pills for the pressure, diuretics, "
        "water "
        "pill, water pills, gout tablets, allopurinol, colchicine, triptan, sumatriptan, migraine tablets, muscle "
        "relaxant, "
        "muscle relaxants, baclofen, gabapentin, pregabalin, amitriptyline"
    ),
    "medication:painkiller": (
        "ibuprofen 400, ibuprofen 600, ibuprofens, ibuleve, etoricoxib, celecoxib, celebrex, meloxicam, mefenamic "
        "acid, "
        "co codamol, cocodamol, oxycodone, morphine, voltarol, tiger balm not, panadol, excedrin, aspirins, anadin, "
        "popping painkillers, on painkillers, dosed up, took a painkiller, took painkillers, naprosyn, toradol, "
        "arcoxia"
    ),
    "weather:rain": (
        "wet and windy, wet weather, chucking it, lashing, lashing down, lashing it down, lashing rain, hammering "
        "down, teeming, "
        "bucketing down, stair rods, hosing down, sheeting down, spitting rain, mizzle, mizzling, dreich, "
        "deluge, torrential, torrential rain, monsoon, its wet, wet out, wet roads, wet all day, rained, rain all "
        "day, rain "
        "forecast, rainstorm, cats and dogs, plothering, siling down, persisting down, puddles, drenched, damp "
        "outside"
    ),
    "weather:cold": (
        "minus degrees, baltic, baltic out, brass monkeys, perishing, nippy, nippy out, parky, freezing out, "
        "freezing out there, "
        "freezing here, freezing today, freezing outside, freezing temperatures, bitter cold, bitter out, biting "
        "cold, biting "
        "wind, cold snap, cold spell, cold front, polar vortex, wind chill, windchill, below freezing, minus "
        "temperatures, "
        "hard frost, ground frost, temperatures below, taters, colder than, cold and wet, cold and windy, cold and "
        "dark, cold "
        "and rainy"
    ),
    "weather:snow": "sleet, sleeting, sleety, hail, hailing, hailstones, snowed, snowed in, snow storm, snow on the "
    "ground, fresh snow, powder snow, whiteout, white out",
    "weather:ice": "icy roads, icy paths, icy pavements, icy trails, icy out, ice on the, sheet ice, iced over, "
    "freezing rain, skating rink, slick pavements, slippy, slippy paths, slippery roads, slippery paths, "
    "like glass outside",
    "weather:wind": "blustery, blowing hard, blowing like, howling wind, howling outside, gusting, gale force, wind "
    "gusts, wind is strong, strong headwind, crosswind, crosswinds, northerly wind, easterly wind, blowing a "
    "hooley, hooley, wind warning, high winds, hurricane force",
    "weather:storm": "storm is coming, storm coming, electrical storm, thundery, thundering, amber warning, red "
    "warning, weather warning, cyclone, tropical storm, dust storm, sandstorm, haboob",
    "weather:hot": (
        "scorcher, sizzling, melting, melting out there, like an oven, like a furnace, like a sauna, oven outside, "
        "sauna outside, "
        "hot as hell, hot as balls, boiling hot, baking hot, swelter, sweltering heat, stifling, oppressive heat, "
        "extreme heat, heat warning, heat advisory, heat dome, heat index, humid and hot, hot as, hot in here not, "
        "hot out there, "
        "roasting out, roasting here, in the shade, unbearably hot, crazy hot, warm spell, hot spell, heat is "
        "brutal, brutal "
        "heat, heat is killing, desert heat, hottest day, far too hot, way too hot, bloody hot, blazing hot, blazing"
    ),
    "weather:humid": "clammy air, close and humid, humid air, close today, so humid, very humid, dew point, like "
    "soup outside, air like soup, sauna like",
    "weather:air": "air is bad, air is terrible, hazy, haze, wildfire smoke, smoke in the air, smoke from, saharan "
    "dust, dusty air, high pollen, pollen count, pollen is high, pollens, air quality is",
    "weather:fog": "thick fog, dense fog, foggy, haar, pea soup, pea souper, misty out",
    "weather:": "awful weather, horrible weather, terrible weather, bad weather, filthy weather, foul weather, "
    "rubbish weather, miserable weather, weather is awful, weather is terrible, weather is horrible, weather "
    "is bad, weather is foul, weather is rubbish, weather is miserable, weather is grim, grim weather, grim "
    "outside, miserable outside, miserable out, horrible out, grim out",
    "weather:dark": "pitch dark, pitch black, dark mornings, dark evenings, dark by 4, dark by 5, darkness, dark at "
    "4, dark when i, dark after work, dark before work",
    "travel:": (
        "travels, travelling to, traveling to, travelling with, journey, day trip, weekend trip, trip to, trip with, "
        "city "
        "trip, class trip, school trip, study trip, field trip, stag do, hen do, stag weekend, hen weekend, bachelor "
        "party, "
        "bachelorette, wedding abroad, honeymoon, spring break, half term trip, interrailing, backpacking, "
        "sightseeing, beach "
        "holiday, package holiday, all inclusive, resort, bnb, caravan, campervan, motorhome, glamping, ferry to, "
        "ferry, eurostar, sleeper train, overnight train, night train, train journey, long drive, long drive to, "
        "driving "
        "down to, driving up to, driving home to, drive to, driving from, on my way to, en route, away with work, "
        "away at, "
        "away till, away next week, away this week, away all week, away this weekend, away from, away on, away in, "
        "be away, "
        "im away, away the whole, away for a week, away for the week, away for the weekend, off to see, off to my, "
        "off to the, "
        "heading to the, heading to my, heading home to, heading off to, heading away, heading out to, heading up "
        "to, heading "
        "down to, heading over to, go home to, going home to, going home for, going back home for, going to my "
        "parents, going to "
        "my mother 's, going to my mum 's, going to my sister 's, going to stay with, visit my, visiting the, "
        "visiting her, visit "
        "to my, popping over to, work travel, client visit, site visit in, trade fair, trade show, expo in, training "
        "course in, "
        "offsite, off site in, company retreat, retreat in, congress in, seminar in, meeting in, deployed to, "
        "deployment, posted "
        "to, stationed in, exchange semester, erasmus, study abroad, moving house to, relocate, relocating to, "
        "emigrating, in a "
        "hotel, in hotels, hotel gym, hotel treadmill, hotel room, hotel life, suitcase life, layover in, stopover, "
        "transit "
        "through, at the airport, on holiday till, on holiday until, on vacation until, holiday in, holidays in, "
        "vacation in, "
        "leave for, leaving for, leave tomorrow for, "
        "land in, landing in, just landed in, just back from, got back from, returning from, back from a trip, back "
        "from holiday, back from vacation, back from the flight, long haul to, abroad, overseas, across the border, "
        "different country, another country, another city, out of the country, out of town until, out of town till, "
        "the "
        "other side of the world"
    ),
    "travel:jetlag": "jet lag is, still jetlagged, badly jetlagged, body clock, hours ahead, hours behind, hour time "
    "difference, time change, crossed time zones",
    "wish:": (
        "could i have a plan, could you plan, i would like a plan, could you make me a plan, when can i start "
        "running, when can i "
        "start jogging, when can i run again, when can i go back to running, when may i run, when can i start again, "
        "when can i "
        "start training"
    ),
    "AREA:knee HURT": "bum knee, gammy knee, dodgy knee, gippy knee, buggered knee, poorly knee, bad knee, trick knee",
    "AREA:ankle HURT": "bum ankle, gammy ankle, dodgy ankle, gippy ankle, buggered ankle, bad ankle, rolled ankle, "
    "sprained ankle",
    "AREA:hip HURT": "bum hip, gammy hip, dodgy hip, gippy hip, bad hip",
    "AREA:shoulder HURT": "bum shoulder, gammy shoulder, dodgy shoulder, gippy shoulder, bad shoulder",
    "AREA:back HURT": "gippy back, gammy back, dodgy back, buggered back, cranky back, grumpy back, back is killing, "
    "back playing up, back acting up, back is stiff, back is sore, back is tight",
    "OUTOFBREATH": "ran out of puff, run out of puff, out of puff, no puff, run out of breath, ran out of breath, "
    "huffing like, puffed out, gassed out",
    "weight_goal:lose": (
        "lose a bit, lose a few, lose some timber, shift some timber, shed a bit, clothes are getting tight, jeans "
        "dont fit, jeans are "
        "tight, trousers are tight, slim down a bit, drop a size, drop a dress size, fit into my, fit in my old, "
        "lose the baby weight, "
        "lose baby weight, lose my gut, lose the gut, spare tyre, love handles, beer belly, get leaner, lean out, "
        "cut weight, make "
        "weight, trim down, be lighter, get lighter, too heavy, overweight, want to be slimmer"
    ),
    "cycle:period": (
        "my cycle, cycle is all over, cycle is off, cycle is irregular, cycle day, moon time, code red, period due, "
        "period "
        "is due, day of my cycle"
    ),
    "BUSY": (
        "that 's out, thats out, thats a no go, that 's a no, is a no, is a no go, is a write off, write off, is "
        "blocked, blocked out, "
        "is taken, is off the table, is off limits, is ruled out, ruled out, is no good, is not good for me, isnt "
        "good for me, isnt "
        "possible, not going to happen, not happening, wont happen, is chock a block, chockablock, chocka, jam "
        "packed, rammed, is "
        "rammed, is booked, booked solid, booked out, tied up all, have commitments, prior commitments, other plans, "
        "on childcare, "
        "childcare duty, kid duty, on dad duty, on mum duty, no sitter, no babysitter, babysitter cancelled, cant do "
        "it, cannot do it, "
        "cant fit it in, cant squeeze, cant get away, cant leave, stuck at work, stuck in meetings, stuck at home, "
        "lectures all day, "
        "exams all day, working a double"
    ),
    "NEG": "havent felt, not felt, havent noticed, never felt, never had any, havent had any, not a trace of, no "
    "trace of, not a hint of, devoid of, nary a",
    "IF": "would i be, would it be ok, is it normal, is it true, is it ok to, is it okay to, is it safe to, in "
    "general, generally speaking, does it matter, what do i do, what should i do, do i have to worry",
    "OLD": "before the pregnancy, before my pregnancy, before the operation, before the baby, before covid, before "
    "lockdown, last month, in my thirties, in my forties, as a student, when i lived, when i was little, "
    "some years ago, a few years ago, couple of years ago, many moons ago, back in the day, a lifetime ago, "
    "once upon a time, in a former life, in a previous life, years and years ago, last autumn, last spring, "
    "last fall, the winter before, the year before",
    "OTHER": "colleagues, coworkers, students, pupils, clients, the missus, sis, bro, bf, gf, our daughter, our son, "
    "everybody, everyone at, half the office, the whole office, whole team, half the team, the "
    "team, neighbour 's, next door, stepdaughter, step son, godson, goddaughter, grandkids, grandchildren, "
    "children 's, toddler 's, landlady, housemate, housemates, clubmate 's, coach 's, mates, brothers, "
    "sisters, lodger, carer, trainee, apprentice, a lad, a lass, this girl, this guy, some guy, some bloke, "
    "one of my, a friend of mine, a mate of mine, a colleague of mine",
    "FINE": "stable, grand, are grand, is grand, sound as a pound, sound, hunky dory, tickety boo, peachy, dandy, "
    "spot on, as it should be, right as rain",
    "AREA:head HURT": "head is pounding, temples are pounding, pounding head, pounding in my head, head is "
    "throbbing, throbbing head, splitting head, head is splitting, head is killing me, head is banging, "
    "banging head, thumping head, sore head",
    "BLEED": "gush of blood, gush of bright, bright blood, bright red blood, fresh blood, haemorrhage, hemorrhage, "
    "haemorrhaging, bleeding heavily, passing clots",
    "WALK-": "cant hop, cannot hop, couldnt hop, cant hop on it, unable to hop",
    "W:fast": "repeats, 400 repeats, 400s, 800s, 200s, 1k repeats, mile repeats, km repeats, reps on the track, "
    "track workout, hard one, hard reps",
    "WANT": "would it be possible, is it possible to have, any chance of, any chance we, any chance i, could you "
    "put, can you put, can we put, could we move, can we move, itching for, dying for, id kill for, how "
    "about we, what about, mind if i, may i, might i, could do with, wouldnt mind, wouldnt say no to, switch "
    "to, replace it with, itd be lovely, dream of, dreaming about, my dream is, bucket list, a mind to, ive "
    "a mind to, have a mind to, id fancy, i fancy, ill have a go at, have a go at, up for trying, would be "
    "lovely, itd be nice, it would be nice, would be great, would be good, would be fun, would be cool",
    "SEV:2": "a wee bit, wee bit, a smidge, smidge, smidgen, a tad bit, ever so slightly, ever so slight, not much, "
    "not very, lightly, not too bad, not so bad, not that bad, bit of a, a bit of a, hint of, a hint of",
    "GONE": (
        "stopped hurting, has stopped hurting, stopped aching, stopped bothering me, quit hurting, quit bothering "
        "me, no longer "
        "hurts, no longer hurting, no longer sore, no longer painful, no longer aches, no longer bothers me, doesnt "
        "hurt anymore, "
        "doesnt hurt any more, doesnt bother me, dont bother me, dont bother me none, isnt sore anymore, isnt "
        "bothering me, not "
        "bothering me, not hurting anymore, "
        "not hurting any more, pain is finished, it is finished the, is finished the pain, pain finished, pain is "
        "over, pain over, "
        "pain has gone, pain has passed, pain has disappeared, pain has vanished, all healed, all healed up, healed "
        "up, all fixed, all sorted, all gone, completely gone, totally gone, fully gone, gone completely, history "
        "now, thing of the "
        "past, out of the woods, on the mend not, good to go, as right as rain, right as rain, right as rain again, "
        "good as new again, fighting fit, firing again, cleared up completely, sorted itself out, settled "
        "completely, put behind "
        "me, case closed, back to 100, back at 100, back to full strength, back to its old self, "
        "a non issue, non issue now, without any pain now, without pain again, without pain now, zero discomfort, "
        "zero issues, "
        "zero problems, no bother, no bother at all, no bother now, no trouble now, no trouble at all, no longer an "
        "issue, not an "
        "issue anymore, not a problem anymore, no more pain, no more problems, no more trouble, no more issues, no "
        "more discomfort, "
        "no more soreness, no more twinges, no more niggles"
    ),
}
TABLES = (FIELD,)
