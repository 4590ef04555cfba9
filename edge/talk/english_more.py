"""More English wordings of the same meanings: slang, British and American, typed and dictated.

The rule of this file: data alone, as in `english`; a wording stands here once, for all people who may use it.
"""

from __future__ import annotations

FLAGS = {
    "COLDSWEAT": "cold sweat, cold sweats, sweating cold, clammy and",
    "red_flag:faint": (
        "started spinning, everything spinning, everything was spinning, world spinning, room spinning, was "
        "spinning, head rush, head rushes, blanked out, blacked out for, nearly toppled, nearly toppling, on the "
        "deck before, funny turn, funny turns, came over all strange, came over all funny, came over faint, nearly "
        "went over, wobbly and, without conscience, lost my conscience, lost conscience, fell unconscious, woke up "
        "on the floor, woke up on the ground, woke up on the bathroom floor, came to on the, came round on the, "
        "out cold, lights went out, everything went dark, all went black, all went dark, vision went dark, vision "
        "faded, saw black, black before my eyes, greyed out, grayed out, went down like a sack, dont remember "
        "falling, dont recall falling, dont recall going down, dont remember going down, unresponsive, wasnt "
        "responsive, hit the deck, keel over, swooned, knees buckled and, go dizzy, went dizzy, felt faint, world "
        "went black, next thing i knew i was on, going to pass out, consciousness"
    ),
    "red_flag:breathless": (
        "gulping for air, gulping air, cant lie flat, panting at rest, gasped, air after just, couldnt get my "
        "breath, cant get a breath, cant draw a breath, cant get air in, struggling for breath, struggling for "
        "air, struggled for air, cannot take air, cannot get air, cannot catch my breath, could not breathe, could "
        "not catch my breath, can not breathe, not get enough air, cant take a full breath, fighting for breath, "
        "catch my breath at rest, breath at rest, short of breath at rest, no breath left just"
    ),
    "red_flag:palpitations": (
        "heart skips a beat, heart missed a beat, heart keeps skipping, heart is racing at rest, heart went "
        "haywire, heart all over the place, pulse all over the place, skipped heartbeats, extra heartbeats, "
        "ectopic beats, svt"
    ),
    "FLUTTER": (
        "jump, jumping, like crazy, like mad, haywire, mental, bonkers, skip, missed, miss a beat, misses a beat, "
        "extra beat, fluttery, somersaults, flip flops, flopping, thump, thumps, gallop, galloping, gallops, all "
        "over the place, uneven, unevenly, out of sync, stopping, paused, pauses, beating so fast, beats too fast, "
        "beating too fast, beating so hard, beating fast, wont slow down, wont calm down, keeps stopping, weird "
        "thing, funny thing, strange rhythm, wrong rhythm, race, wild"
    ),
    "red_flag:stroke": (
        "mixed up words, mixing up words, mixing my words, suddenly couldnt read, couldnt read the, couldnt "
        "understand words, words came out wrong, cant get my words out, couldnt get my words out, couldnt get "
        "words out, cant get words out, words didnt come, words wouldnt come, no words came, words did not come, "
        "word did not come, word would not come, couldnt find words, couldnt find the words, cant find the words, "
        "speech is gone, lost my speech, speech was slurred, speech went, one side of my face, side of my face, "
        "half of my face, mouth is drooping, mouth droops, smile is crooked, one side weak, one side went weak, "
        "half of my body, half my body, half the body, lost vision in, vision went, vision is gone, cant see out "
        "of, curtain over my, curtain came down, vision loss, arm went weak, arm is weak, weak on one side, "
        "weakness on one side, couldnt lift my arm, cant lift my arm, could not speak, could not talk, could not "
        "see, face went numb, face is numb, face numb, face felt numb"
    ),
    "SPEAK": "speak, talk, speaking, talking",
    "red_flag:numb": (
        "without feeling in, without feeling my, no feelings in, cannot feel my, could not feel my, "
        "feeling is gone, feeling went"
    ),
    "red_flag:nerve": (
        "hold my pee, hold my wee, hold my water, hold my urine, hold my bladder, hold the pee, hold the water, "
        "control my bowels, control my bladder, peed myself, wet my pants, between my legs, between the legs, numb "
        "down there, feeling down there, saddle numb*, groin is numb, groin numb, numbness in my groin"
    ),
    "WASTE": "urine, pee, wee, stool, stools, poo, poop, toilet, peeing, pissing, weeing, piss, sputum",
    "DARKLY": "coke, cola, brown, dark, black, tea, rusty, red, rust, blackish",
    "red_flag:weight_bearing": (
        "cant put my foot down, couldnt put my foot down, cannot put my foot down, cant get any weight on, cant "
        "take any weight, cant put full weight, could not put weight, could not walk, could not stand, can not "
        "walk, can not put weight"
    ),
    "red_flag:crisis": (
        "no point to my life, no point in my life, no point to life, no point in life, thinking about ending it, "
        "thoughts of ending it, ending it all, better without me, dont see the point of living, dont wanna be "
        "here, dont wanna be alive, dont wanna live, want to be dead, wanna die, wish i wasnt here, wish i wasnt "
        "alive, wish i wasnt born, wish i werent here, not wake up, not waking up, point of living, point in being "
        "alive, take my own life, taking my own life, take my life, cant go on living, off myself, kms, no will to "
        "live, tired of living, done with life, sick of living, cutting myself, hurting myself, life isnt worth, "
        "not worth living, be alive anymore, no reason to go on, end my own life"
    ),
    "red_flag:allergy": "lips are swelling, lips swelled, face swelled up, throat is tightening, tongue swelled",
    "red_flag:heat": "shivering in the heat, goosebumps in the heat, heat exhausted, sun stroke, stopped to sweat",
    "CONFUSED": (
        "talking rubbish, talk rubbish, spoke rubbish, talked nonsense, speaking nonsense, all confused, didnt "
        "know my name, not know where i was, not know where i am, out of it, away with the fairies, couldnt think "
        "straight, lost my bearings, making no sense"
    ),
    "KNOCK": (
        "bashed, bash, clonked, thumped, headbutted, struck, slammed, knock, knocked, bumped, hit, banged, bang, "
        "whacked, smacked, crash, crashed, accident, kicked, elbowed, clashed, landed, fell on, fell onto, fall on"
    ),
    "SUDDEN": (
        "out of nowhere, sudden, suddenly, all of a sudden, from one second to the next, like a bomb, like "
        "lightning, never had before, never had such, worst ever, worst of my life, out of the blue, explosive"
    ),
    "SENSOR": "sensor, strap, chest strap, watch, monitor, belt, device, garmin",
    "BROKEN": "broken, garbage, faulty, lost contact, battery, glitch*, defective, disconnected",
    "JOY": "laughing, laughed, laughter, for joy, with joy, with pride, my crush, in love",
    "SWOLLEN": "fat, bigger than the other, twice the size, swelled",
}
LIFE = {
    "fatigue:": (
        "out of juice, battered, feels battered, no juice left, legs like jelly, legs of jelly, on empty, burnt, "
        "weary, nothing left, nothing left in me, out of gas, no gas, im done, finished today, legs wont go, legs "
        "are like jelly, jelly legs, arms are toast, body is tired, tired of body, body is heavy, so sleepy, could "
        "sleep standing, running low, drained out, worn down, lacking any energy, legs wrecked, body is wrecked, "
        "ruined, shagged, beat up, zombie, like a zombie, done in, legs flat, flat legs, legs dead, legs are gone, "
        "legs gone, gassed, whacked, cream crackered, ready to drop, nothing left in the tank, no gas in the tank, "
        "tank is empty, low battery, batteries are empty, out on my feet, im dead, on my last legs, heavy today, "
        "legs heavy, legs are lead, lead legs, half asleep, fried, legs are fried, no juice, exhuasted, knackerd, "
        "bone tired"
    ),
    "sleep:bad": (
        "didnt sleep well, not sleep good, not sleep well, did not sleep, could not sleep, sleep not good, barely "
        "a wink, not a wink, didnt sleep a wink, woken up, up most of the night, up half of the night, up with the "
        "baby, baby kept me, awake since, slept sod all, slept like rubbish, no kip, hardly any kip, little kip"
    ),
    "SLEEP": "kip, shut eye, shuteye, snooze, woke at",
    "mood:bad": (
        "bit low, so low, low this week, tearful, weepy, in tears, cried, cry, feel rubbish about, feeling rubbish "
        "about, cant cope, no joy, really low, sad today, blue today, feel empty inside, feeling hopeless"
    ),
    "mood:good": "in great spirits, on a high, chuffed, over the moon, so happy",
    "stress:": (
        "so much on at work, too much on, loads on at work, lots on at work, a lot on at work, lots of work, work "
        "stress, boss breathing, breathing down my neck, work 's been mental, work is mental, work 's mental, work "
        "is manic, manic at work, full on at work, much stress, nervous about work, pulling my hair out, under the "
        "cosh, up the wall, stressing, stressing out, stressin, pressure from, too many deadlines, cant switch "
        "off, exam season, freaking out about"
    ),
    "illness:cold": (
        "lurgy, the lurgy, bunged up, bunged up nose, nose bunged up, snuffly, chesty, manflu, have got cold, "
        "stinking cold, streaming cold, rotten cold, filthy cold, sore in the throat, throat is killing me, "
        "running nose, nose runs"
    ),
    "illness:covid": "tested positive",
    "illness:stomach": "dodgy tummy, dodgy stomach, bad stomach, the shits, spewing, stomach is upset, bad belly",
    "illness:": (
        "gone down with, come down with, came down with, coming down with, peaky, ropey, off colour, crook, food "
        "poisoned, picked up a bug, lost my voice, tonsils, feel sick, feeling sick, am sick"
    ),
    "cycle:period": "my monthly, monthlies, time of month, mother nature, on the rag",
    "red_s:no_period": (
        "had a period for months, no period for, no period in, havent had a period, havent had my period, not had "
        "a period since, periods stopped, period stopped, periods have gone, period for months, lost my periods"
    ),
    "red_s:weight_loss": "lost a lot of weight, losing a lot of weight, lost so much weight, weight is falling off",
    "shift_work:night": (
        "work in the night, work at night, work the nights, work nights, night work, nights this week, nights in a "
        "row, nights on the trot, on nights this week, nights from, doing nights, back on nights"
    ),
    "weight_goal:lose": "lose a stone, lose some pounds, shed pounds, drop a dress size, lose the belly",
    "travel:": (
        "be away, will be away, am away, away in, away with, off on holiday, going on holiday, going away, "
        "staying with, visiting, at my parents, at the cabin, on holiday, weekend away, for a fortnight, "
        "abroad for"
    ),
    "medication:": (
        "blood pressure tablets, blood pressure medication, bp tablets, new tablets, my tablets, nitro spray, "
        "lisinopril, amlodipine, ramipril, antihistamines, the pill, contraceptive pill, water tablets, medicine "
        "for"
    ),
    "pregnancy:postpartum": "weeks post partum, months post partum, after my baby, since i had the baby, postpartum",
    "W:easy": "nice and easy, plod, gentle plod, easy plod, easy pace, steady plod, recovery jog",
    "HURT": (
        "puffy, like concrete, like bricks, like wood, like rocks, rock hard, grabbed, grabs, seized, jarred, gone "
        "stiff, shooting, dull ache, zinging, zings, electric, grinding, catching, catches, locking, giving out, "
        "wont bend, cant bend, hot spot, protesting, protests, barking, screaming, screams, moaning, hates me, not "
        "playing ball, throbby, nips, nipping, smarts, smarting, cramp up, stiffened, stiffening, seizing, seizes, "
        "tugging, tugs, kills, hurt like, giving me gyp, giving me jip, gyp, giving me hell, giving me bother, at "
        "me again, knotted, knots, in knots, in agony, in bits, gone again, painful under, make pain, makes pain, "
        "make me bad, makes me bad, twinging, twanged, tweak, tweaky, tweaks, gone ping, pinged, make problems, "
        "makes problems, has pain, nags me, not happy with"
    ),
    "PULLED": "knackered, busted, banged up, jacked up, borked, messed up, crocked, goosed, iffy, gammy",
    "FINE": (
        "all better, is all better, are all better, all better now, completely better, fully better, totally "
        "better, good as new, 100 %, 100 percent, one hundred percent, pain free, recovered, fully recovered, "
        "healed, back to normal, sorted, good again, fine again, golden, tip top"
    ),
}
PLAN = {
    "DAYWORD:wednesday": "weds",
    "BUSY": "cant do, cannot do, cant make it on, rather not on, not on, on site, onsite",
    "WANT": "want do, would prefer, i prefer, like to do, love to do, happy to, could we do, can we do, can we swap",
    "ONLY": "maximum of, no more, tops today, at the most, strictly, absolute max",
    "override_request:": (
        "say what he likes, say what she likes, say what they like, say what it likes, i decide myself, i decide "
        "how, my decision, my call, its my body, my body my, take responsibility, take the responsibility, take "
        "full responsibility, my own risk, at my risk, whatever you say, whatever the app says, whatever it says, "
        "dont care what you say, dont care what the app says, no matter what you say, i know you said, i know it "
        "says, full gas anyway, i overrule, let me off the leash, override it, let me do the hard, just let me do, "
        "let me go hard, just let me run, just let me go, just let me race, just let me train, better than your "
        "algorithm"
    ),
    "override_request:warnings": (
        "stop treating me, stop blocking me, stop holding me, stop nagging, quit nagging, stop fussing, stop "
        "worrying about me, no attention to the warning, no attention to warnings, no attention to the pain, "
        "remove the lock, cancel the safety, skip the safety, safety mode off, turn the safety, without safety, "
        "stop the nannying, stop being careful, return ladder"
    ),
    "override_request:limit": (
        "lift the cap, lift the limit, up the limit, increase the limit, override the cap, limits off, caps off, "
        "take off the limit, ditch the limit, ditch the cap"
    ),
    "LIMIT": (
        "brakes, brake, filter, guard, protection, maximums, max long run, zones, caps, ladder, return ladder, "
        "load limit, zone limit, long run limit, long run cap"
    ),
    "IGNORE": (
        "dont need your, dont need any, i dont need, stop blocking, stop holding, dont want your, no need of, "
        "spare your, forget my, forget this, make no attention, give no attention, no attention, dont you worry "
        "about, dont mind about, ditch, sod the, stuff the, blow the, bin the, scrap, blank out, take off, throw "
        "out"
    ),
    "WARN": "cardiologist, physio, restriction, lock, locks, the doctor says, gp, nagging, block",
}
ASK = {
    "GO": (
        "send it, leg it, rip it, rip, go hard, go full, go all out, all out, max effort, full gas, full send, "
        "hammer it, hammer, smash it, give it everything, blast it, go for it, go max, full throttle, full speed, "
        "rip it up"
    ),
    "OFF": "off, gone, lifted, removed, unlocked, released",
    "PERMIT": "permit, allow, grant, approve, authorise, authorize, let me",
    "SPARE": "resting, holding back, hold back, babying, easing off",
    "ANYWAY": (
        "anyhow, or no pain, come hell or high water, so what, at any rate, still going to, still doing, hurt or "
        "not, injured or not"
    ),
    "LET": "let me do, permit me, allow me, put me in, sign me up, put the, give me the, get me, make me do",
}
BODY = {
    "NIGHT": "last night, this night, in the night, tonight just",
    "BREATHIN": (
        "breathe in, breathing in, breathe deep, breathe deeply, deep breath, every breath, each breath, take a breath"
    ),
    "red_flag:numb": "couldnt feel, could not feel, cannot feel, no feeling in, lost feeling, cant feel my",
    "LOSE": ("cut to, cut weight, cut down to, shift, get to, down to, come down to, reduce to, make weight, weigh in"),
    "FINE": (
        "behaving, behaving itself, all good now, good now, happy again, no complaints, settled, settled down, mended"
    ),
}
LINKS = {
    "SPLIT": "since the, ever since the, until the, when he, when she, thats why i",
    "OTHER": (
        "mam, little one, the little one, wee one, bairn, patient, patients, teacher, landlord, lads, lad, "
        "lass, our kid, gran, nana, grandad, gramps, hubby, missus, other half, sister in law, brother in law, "
        "neighbors, neighbours, client"
    ),
    "OLD": (
        "twenty years ago, for years now fine, as a teenager, as a youngster, when i was little, years before, "
        "winters ago, summers ago, autumns ago, springs ago, seasons ago"
    ),
    "NEUTRAL": (
        "heart melted, heart melts, heart sank, heart sinks, heart in my mouth, heart in her mouth, heart in his "
        "mouth, heart goes out, heart and soul, heart of gold, broke my heart, lost my heart, take heart, heart to "
        "heart, warms my heart, heart is full, heart belongs, close to my heart, change of heart, heart attack "
        "when i saw, heart attack when i heard, heart attack when i read, heart attack seeing, took my breath "
        "away, takes my breath away, breathtaking, breath taking, chest workout, chest of drawers, chest press, "
        "chest size, breast stroke, breaststroke, stroke of luck, front crawl, idk if, wonder if, wondering if, "
        "dont know if, dont know whether, see if, hr data, back to work, chest strap lost, smashed it, killed it, "
        "killing it, to die for, died laughing, dying to, died on, died at, near died, nearly died laughing"
    ),
    "EXPECTED": "who wouldnt, like everyone, as always after, as usual after, after the sprints, normal after",
}
TABLES = (FLAGS, LIFE, PLAN, ASK, BODY, LINKS)
