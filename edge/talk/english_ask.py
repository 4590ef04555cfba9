"""The English words for asking to set a rule aside, and the small words that join a sentence.

The rule of this file: data alone, as in `english`.
"""

from __future__ import annotations

ASK = {
    "IGNORE": (
        "dont cap, dont limit, dont restrict, stop watching, stop monitoring, dont monitor, ignore, ignoring, "
        "disregard, disable, turn off, switch off, silence, mute, dont worry, stop worrying, dont "
        "care, override, shut "
        "up, bypass, overrule, deactivate, remove, delete, i dont care, forget about, never mind, dont bother, "
        "nevermind, screw, quit worrying, quit nagging, to hell with, stop nagging, dismiss, couldnt care less, stop "
        "fussing, pay no attention, take no notice, stop telling me, no need to worry, dont listen to, unlock, "
        "circumvent, hide, quit bugging, stop bugging, forget, skip, drop, dont mind, lift, cancel, suspend, dont ask "
        "about, erase, lower, reduce, loosen, relax, waive, stop caring, dont pay attention, doesnt matter, does not "
        "matter, dont let, doesnt count, who cares about, turn down, quit asking, stop asking about, leave out, "
        "discard, block, kill, dont show, stop showing, enough with, enough of, fuck, damn, sod, do without, go easy "
        "on, spare me, no need for, get rid of, raise, increase, exceed, break, get around"
    ),
    "WARN": (
        "warning, warnings, alert, alerts, rule, rules, safety, safety rules, limits off, caution, cautions, safety "
        "check, safety checks, advice, guardrail*, guard rails, nanny, precautions, reminders, restrictions, "
        "restriction, safeguard*, red flags, red flag, checks, safety stuff, doctor, doctors, doctor "
        "'s orders, doctors "
        "orders, health stuff, notifications, stop signs, your concerns, nannying, safety nonsense, safety features, "
        "safety limits, safety net, safety mode"
    ),
    "LIMIT": (
        "limit, limits, cap, the cap, 110 percent, 110 %, 110, ten percent rule, 10 percent rule, mileage limit, the "
        "maximum, speed limit, distance limit, max distance, hr cap, hr limit, heart rate limit, heart rate cap, "
        "ceiling, 10 % rule"
    ),
    "ANYWAY": (
        "anyway, anyways, no matter what, regardless, even so, nonetheless, all the same, whatever happens, come what "
        "may, whether you like it or not, whatever you say, at all costs, at any cost, whatever it takes"
    ),
    "DESPITE": (
        "despite, in spite of, even though, although, even if, even with, regardless of, with a, with the, with my, "
        "with this, though, through my, on top of, notwithstanding"
    ),
    "LET": (
        "make my, make the, make it, make today, let me, give me, im going to, i will, i want to, "
        "just train me, train "
        "me, im gonna, make me, i am going to, i insist, plan me, schedule, keep me, still want to, i "
        "will still, just "
        "let me, want the, i want, i still want, allow me, im running, i am running, im doing, i will do, i do it, "
        "still give me, let 's, gonna, you should let me, i must, keep my, put me down for, still "
        "run, wanna, keep the, "
        "send me, clear me"
    ),
    "THROUGH": (
        "through the, through it, through this, through my, through pain, push through, run through, train through, "
        "power through, suck it up, tough it out, grin and bear it, work through, battle through, through, push me, "
        "grind through, soldier on, muscle through, play through, pushing through, running through, training through"
    ),
    "override_request:pain": (
        "no pain no gain, pain is weakness, run it off, pain is just, pain is temporary, walk it off, "
        "bite the bullet, "
        "man up, pain is in my head, i can take the pain, i can handle the pain, pain doesnt matter, pain does not "
        "matter, pain is only, dont mind the pain, harden up, pain is all in, hurts so good, pain wont stop me"
    ),
    "override_request:warnings": (
        "stop limiting, stop restricting, dont tell me to stop, dont tell me to rest, dont hold me back, "
        "dont slow me down, stop nagging me, stop "
        "babying me, you worry too much, dont baby me, dont stop me, dont warn me, stop warning me, no warnings, "
        "without warnings, without any warnings, stop being so careful, dont be so careful, stop "
        "being so cautious, no "
        "safety, stop holding me back, quit babying me, dont be such a wimp, unsafe mode, stop the "
        "warnings, stop with "
        "the warnings, without the safety, warnings off, no more warnings, stop playing it safe, stop "
        "mothering me, no "
        "rules, stop being overprotective, stop with the safety, i dont need warnings, i dont need your warnings, i "
        "dont need a warning, less cautious, less careful, take the brakes off, no limits, dont limit me, without "
        "limits, without any limits, stop limiting me, remove all limits, no restrictions, developer "
        "mode, admin mode, "
        "safety off, dont nanny me, you are too careful, youre too careful, youre too cautious, dont be so cautious, "
        "stop protecting me, no need to be careful"
    ),
    "override_request:": (
        "as healed, as recovered, as if healed, as if i were healthy, like im healthy, as if im healthy, "
        "as if nothing happened, as if nothing was wrong, i "
        "know my body, i know what im doing, i know better, trust me im fine, as if i was healthy, "
        "like im fine, as if "
        "i was fine, like nothing happened, as though i were healthy, as though nothing happened, "
        "whatever the cost, as "
        "if nothing were wrong, like nothing is wrong, as if i were fine, on my own risk, at my own risk, my own "
        "responsibility, i take responsibility, i accept the risk, i will take the risk, i will risk it, full send, i "
        "sign a waiver, you are not my doctor, youre not my doctor, i take the risk, my risk, dont "
        "care if i get hurt, "
        "dont care if it hurts, mark me as healthy, mark me as fit, clear me to run, declare me fit, override"
    ),
    "PRETEND": (
        "as if i had no, as if there was no, as if i had nothing, like i had no, pretend, act as if, "
        "act like, as if i "
        "never, as if i had never, as if i hadnt, treat me as if, treat me like, assume im healthy, "
        "behave as if, make "
        "believe"
    ),
    "override_request:limit": (
        "harder than the plan, more than the plan, push me harder, more than 110, beyond the limit, above the limit, "
        "over the limit, exceed the limit, past the limit, longer than allowed, more than allowed, further than "
        "allowed, break the limit, raise the limit, raise my limit, double my mileage, more than you allow, farther "
        "than allowed, more than the limit, longer than the limit, beyond my limit, beyond my limits, "
        "exceed my limit, "
        "over my limit, double the distance, harder than allowed, faster than allowed"
    ),
    "QUIT": "stop me, told to rest, rest day",
}
LINKS = {
    "NEG": (
        "no, not, without, never, dont, doesnt, didnt, isnt, arent, wasnt, werent, hasnt, havent, "
        "hadnt, nor, neither, "
        "none, zero, cant, cannot, couldnt, wont, free of, nothing, aint, no more, no longer, wouldnt, not a, non, "
        "stopped having, no sign of, no signs of, barely any not, not any, never any, nt"
    ),
    "NOTNEG": (
        "not only, not just, no wonder, not sure if, no doubt, not to mention, no idea why, dont know why, not sure "
        "why, cant believe, cant stand the, cant help, no way around, why not, not a fan, no big deal, no stranger, "
        "cant stop, dont know what, cant tell if, dont know if, cannot believe, no clue why, no joke, "
        "cant ignore, cant "
        "shake, not yet fine, cant get rid of, wont go away, doesnt go away, not going away, doesnt stop, wont stop, "
        "not getting better, no better, isnt better, isnt getting better, never stops, not improving, isnt improving, "
        "hasnt improved, not gone, isnt gone, hasnt gone, does not go away, didnt go away, not over, "
        "doesnt get better, "
        "no improvement, not any better, isnt going away, not stopping, never goes away, has not gone"
    ),
    "IF": (
        "if, suppose, supposing, in case, what if, should my, unless, imagine, hypothetically, what "
        "happens when, what "
        "should i do when, would it be, what to do when, as long as, even if, lest, afraid that, worried that"
    ),
    "OLD": (
        "years ago, last year, back in, used to, as a kid, as a child, a decade ago, when i was a kid, when i was "
        "young, when i was a child, in my twenties, in my youth, once had, years back, decades ago, long ago, last "
        "winter, last summer, in the past, in high school, in college, months ago, a while back, previous injury, "
        "history of, last season, at school, childhood, ages ago, back then, a year ago, in my teens, in school, at "
        "university, past life, a long time ago"
    ),
    "OTHER": (
        "wife, husband, son, daughter, kid, kids, child, children, dog, cat, mother, father, mom, mum, dad, brother, "
        "sister, friend, friends, boyfriend, girlfriend, partner, running buddy, buddy, colleague, "
        "neighbour, neighbor, "
        "roommate, teammate, grandmother, grandfather, grandma, grandpa, aunt, uncle, cousin, boss, fiance, fiancee, "
        "toddler, parents, horse, running partner, training partner, mate, co worker, coworker, "
        "flatmate, running mate, "
        "grandson, granddaughter, niece, nephew, ex, girl, someone, somebody, people, everyone, club mate, clubmate, "
        "baby, puppy, nan, granny, he, she, they, his, her, their, in laws, mother in law, father in law, mums, dads, "
        "moms, stepson, twins, our boy, our girl, whole family, spouse, bloke, guy, a runner, runners, athlete, "
        "clubmates, teammates, flatmates, buddies"
    ),
    "ME": "i, my, me, mine, im, ive, myself, id, our, we, us",
    "CLEARED": (
        "cleared me, has cleared, cleared, green light, the all clear, all clear, gave the ok, gave me the ok, go ahead"
    ),
    "PRO": (
        "doctor, doc, physio, coach, therapist, gp, osteopath, physiotherapist, masseur, podiatrist, chiropractor, "
        "trainer, midwife, nurse, surgeon, cardiologist, orthopedist, gynaecologist, gynecologist, ob"
    ),
    "LOSTBODY": "kept me up, kept me awake, woke me, gave me, drove me, infected me",
    "SPLIT": (
        "and, but, however, because, then, plus, while my, though, yet, otherwise, cos, cuz, whereas, except, except "
        "for, apart from that, other than that, besides, also, n, as well as, so, since my, since i, "
        "coz, still though, "
        "on the other hand, which is why, that is why, thats why, until i, until my, before my, when my"
    ),
    "OR": "or, nor",
    "FOR": "for, since, past, last, over, almost, about, the past, the last, already, now for, going on",
    "AGO": "ago, back",
    "EXPECTED": (
        "as expected, of course, naturally, normal for, as usual, as it should, after the sprint, after sprints, last "
        "rep, hard effort, after the hill, after the finish, on the climb, all out, on the last, after intervals, at "
        "the finish"
    ),
    "ODD": (
        "at rest, sitting, lying, in bed, for no reason, unusually, unusual, all of a sudden, "
        "suddenly, doing nothing, "
        "walking, stairs, even, weirdly, strangely, standing, on the couch, without reason, more than usual, after a "
        "few steps, on flat, so quickly, not normal, while sitting, all the time, out of nowhere, "
        "just walking, sitting "
        "still, getting dressed, talking"
    ),
    "NEUTRAL": (
        "cold swim, cold water, cold shower, cold drink, cold beer, chest strap, chest straps, chest "
        "belt, chest day, chest press, heart rate monitor, hr monitor, heart rate "
        "strap, new shoes, knee brace, knee sleeve, back home, be back, back in town, get back, come back, back from, "
        "back again, go back, coming back, came back, right now, right after, right before, all right, right away, "
        "right at, feet of, feet above, head wind, head torch, headlamp, heads up, head out, heading, "
        "left over, on my "
        "back about, breathing was, breathing is easy, breathing was easy, breathing felt easy, heart felt easy, felt "
        "easy, feels easy, back on track, back at, back to, back into, heart rate zone, heart rate "
        "zones, hand in hand, "
        "right direction, at hand, on the other hand, handheld, on one hand, foot of the, by heart, heart of, knee "
        "high, went left, turn left, turn right, on foot, by foot, foot strike, foot strap, foot pod, footpod, head "
        "start, head to head, clear my head, cool head, head of, hips forward, achilles stretch, calf raises, calf "
        "sleeves, calf raise, arm warmers, hot chocolate, hot shower, hot bath, warm bath, warm shower, warm welcome, "
        "hot dog, ice bath, ice cream, ice pack, icing, iced, rest of, the rest, quad bike, left for, left the, chill "
        "out, left home, is left, right time, right shoe, right thing, right kind, right choice, right pace, chest "
        "freezer, treasure chest, back yard, backyard, background, backpack, foot print, hip hop, hand over, face to "
        "face, long as, as fast as, so far, as long as, no pain medication, pain cave, painted, stress test, calf "
        "muscles feel good, wear and tear, tear up, head for, in good time, one hour ago, back up, look back, looked "
        "back, go right, go left, wind down, wind up, winded not, sweet spot, knee lift, knee lifts, knee drive, high "
        "knees, hip thrusts, hip mobility, core temperature, cough drops, cough syrup, sick of it, sick burn, red "
        "light, red wine, drop me, drop off, head over, love my, in my head, blood test, blood "
        "pressure, blood pressure "
        "is fine, blood sugar, blood work, heart rate was fine, heart rate was normal, resting heart "
        "rate, resting hr, "
        "resting pulse, max heart rate, max hr, heart rate data, average heart rate"
    ),
}
TABLES = (ASK, LINKS)
