"""The English words of the grammar: for each meaning, the phrases that carry it.

The rule of this file: data alone. `*` ends a word that may go on; meanings in capitals are ingredients that clauses
combine, `kind:situation` stands for a constraint of that kind.
"""

from __future__ import annotations

BODY = {
    "AREA:foot": (
        "foot, feet, heel, heels, toe, toes, sole, soles, instep, forefoot, midfoot, arch, metatarsal*, big toe, ball "
        "of my foot, arch of my foot, soles of my feet"
    ),
    "AREA:foot HURT": (
        "plantar fasciitis, plantar, heel spur, blister, blisters, bunion, black toenail, black toe nail, "
        "mortons neuroma, toe nail went black, toenail went black, nail went black, toe nail is going black, "
        "toenail is going black, toe went black"
    ),
    "AREA:ankle": "ankle, ankles, malleol*",
    "AREA:achilles": "achilles, achilles tendon, achilles heel",
    "AREA:achilles HURT": "achilles tendonitis, achilles tendinitis, achilles tendinopathy",
    "AREA:shin": "shin, shins, shinbone, tibia, front of my lower leg",
    "AREA:shin HURT": "shin splints, shin splint, shinsplints, mtss, medial tibial stress syndrome",
    "AREA:calf": "calf, calfs, calves, calve, soleus, gastroc*, lower leg, lower legs",
    "AREA:knee": (
        "knee, knees, kneecap, kneecaps, knee cap, patell*, meniscus, mcl, acl, lcl, back of my knee, "
        "back of the knee, "
        "it band, itb, iliotibial band"
    ),
    "AREA:knee HURT": "runners knee, runner 's knee, jumpers knee, itbs, itb syndrome, it band syndrome",
    "AREA:hamstring": (
        "hamstring, hamstrings, hammy, hammies, hammie, back of my thigh, back of the thigh, back of my leg, back of "
        "the leg, rear thigh"
    ),
    "AREA:quad": "quad, quads, quadriceps, thigh, thighs, front of my thigh, upper leg",
    "AREA:groin": "groin, adductor*, inner thigh, pubic bone, pubis",
    "AREA:hip": (
        "hip, hips, hip flexor, hip flexors, glute, glutes, gluteus, buttock, buttocks, bum, butt, "
        "piriformis, pelvis, "
        "si joint, tfl, psoas"
    ),
    "AREA:back": (
        "my back, lower back, upper back, mid back, low back, the back, back muscles, spine, lumbar, "
        "tailbone, back is, "
        "back was, back feels, back went, back still, back has, back area"
    ),
    "AREA:back HURT": (
        "back pain, back hurts, back hurt, back hurting, back ache, back aches, backache, back spasm*, sciatica, sore "
        "back, bad back, stiff back, aching back, slipped disc, lumbago, back pains, threw my back "
        "out, put my back out"
    ),
    "AREA:shoulder": "shoulder, shoulders, shoulder blade, rotator cuff, collarbone",
    "AREA:chest": "chest, breastbone, sternum, ribcage, heart area",
    "AREA:head": "back of my head, back of the head, head, temples, forehead",
    "AREA:head HURT": "headache, headaches, migraine, migraines, head ache",
    "AREA:other": (
        "neck, wrist, wrists, elbow, elbows, hand, hands, finger, fingers, thumb, rib, ribs, belly, stomach, tummy, "
        "abdomen, abs, forearm, nipple*, ear, eye, tooth, skin"
    ),
    "AREA:throat": "throat",
    "AREA:other HURT": (
        "side stitch, stitches, stitch, toothache, stomach ache, stomachache, stomach cramps, chafing, chafed"
    ),
    "AREA:arm": "arm, arms",
    "AREA:jaw": "jaw",
    "AREA:leg": "leg, legs",
    "SIDE:left": "left, l, lt, lefthand, left hand side, left side",
    "SIDE:right": "right, r, rt, righthand, right hand side, right side",
    "SIDE:both": "both, both sides, either side, bilateral",
    "HURT": (
        "on fire, hurt, hurts, hurting, hurty, hurted, pain, pains, painful, painfull, painfully, "
        "ache, aches, aching, "
        "achy, ached, sore, soreness, tender, tenderness, twinge, twinges, twingy, niggle, niggles, niggling, niggly, "
        "tight, tightness, tightened, stiff, stiffness, throbs, throbbing, burning, burns, stabbing, stabs, stinging, "
        "stings, killing me, killing, bugging, bothering, bothers, bother, bothered, acting up, acts up, playing up, "
        "plays up, acted up, flared up, flaring up, flares up, flare up, pulled, strained, strain, tweaked, twisted, "
        "twist, sprained, sprain, rolled, inflamed, inflammation, irritated, cramp, cramps, cramping, "
        "cramped, cramped "
        "up, seized up, locked up, swollen, swelling, bruised, injured, injury, grumbling, complaining, giving me "
        "trouble, gives me trouble, giving me grief, gives me grief, trouble, ouch, tendonitis, tendinitis, "
        "tendinopathy, bursitis, crunching, clicking, discomfort, uncomfortable, unhappy, angry, sensitive, pinching, "
        "pinches, pinch, pulling, nagging, nags, torn, tear, problem with, problems with, issues with, pressure, "
        "squeezing, heaviness, crushing, elephant, issue with, painfree not, hurtin, is back, are back"
    ),
    "PULLED": (
        "weird, strange, funny, odd, went, gave way, gives way, buckles, is shot, is toast, is wrecked, "
        "is cooked, is dodgy, dodgy, is knackered, "
        "is iffy, iffy, is unstable, unstable, wobbly, not happy, unhappy, not right, isnt right, not quite right, is "
        "off, feels off, feels funny, feels weird, feels wrong, something wrong, is wrong, wrong with, acting weird, "
        "not great, is bad, are bad, bad, worse, getting worse, worsened, worsening, terrible, awful, horrible, "
        "rubbish, off, better, improving, improved, getting better, lot better, improves, wonky, cranky, grumpy, "
        "feeling it in, feel it in, wrecked, trashed, sucks"
    ),
    "FINE": (
        "fine, ok, okay, good, great, normal, normal again, perfect, all good, alright, all right, fantastic, strong, "
        "pain free, painfree, painless, symptom free, healthy, solid, brilliant, happy, super, excellent, no problem, "
        "no problems, no issues, no issue, no complaints, no trouble, holding up, not bad, not too "
        "bad, behaving, back "
        "to normal, as good as new, good as new, like new, quiet, no discomfort, settled, amazing, "
        "awesome, comfortable"
    ),
    "FREE": "pain free, painfree, painless, symptom free",
    "GONE": (
        "gone, got over, over my cold, over the cold, over the flu, shaken off, got rid of, went away, gone away, "
        "healed, has healed, cleared up, cleared, sorted, resolved, disappeared, recovered, fixed, no "
        "longer a problem, "
        "vanished, subsided, over it, history, fully healed, 100 percent again"
    ),
    "NOTFELT": "havent felt, not felt, dont feel, didnt feel, cant feel anything in, havent noticed, no longer feel",
    "NOW": "now, again, today, anymore, any more, any longer, since then, these days, by now",
    "SEV:1": (
        "barely, hardly, barely noticeable, almost no, minimal, very slight, very mild, tiny, faintly, tiny bit, just "
        "noticeable"
    ),
    "SEV:2": (
        "slight, slightly, a bit, bit, a little, a little bit, little, mild, mildly, light, minor, small, a tad, "
        "somewhat, kinda, kind of, sort of, a touch, feels a little off, little off"
    ),
    "SEV:5": "moderate, moderately, medium, middling, considerable, quite, fairly, noticeable",
    "SEV:7": (
        "bad, badly, strong, really, a lot, lots, hurts bad, very, intense, serious, quite bad, "
        "pretty bad, really bad, "
        "very bad, so much, sharp, strongly, heavy, real bad"
    ),
    "SEV:9": (
        "severe, severely, terrible, terribly, awful, horrible, excruciating, unbearable, extreme, extremely, "
        "agonizing, agonising, agony, killing, like hell, insane, insanely, crippling, horrendous, worst, massive, "
        "unreal, horribly, brutal, through the roof"
    ),
}
WHEN = {
    "SIT:worse": "worse, getting worse, worsening, worsens, worsened, increasing, gets worse, more and more",
    "SIT:swollen": "swollen, swelling, swelled, swells, swelled up, puffy",
    "SIT:limping HURT": "limping, limp, limped, hobbling, hobble, hobbled",
    "SIT:downhill": (
        "downhill, downhills, descending, descent, descents, on the descent, on the way down, going "
        "down hills, coming "
        "down, going down, running down, way down the mountain, down the mountain, down hill, down hills, coming down "
        "hills, walking down, down slopes"
    ),
    "SIT:uphill": (
        "uphill, uphills, climbing, climb, climbs, on the climb, going up, up hills, up hill, ascent, ascending, "
        "inclines, running up, hills, hill, on hills, walking up, incline"
    ),
    "SIT:stairs": (
        "stairs, stair, steps down, staircase, going down stairs, going up stairs, down the stairs, "
        "up the stairs, down "
        "stairs, downstairs, upstairs, up stairs, going down the stairs, going up the stairs, walking down stairs, "
        "coming down stairs, walking up stairs, coming down the stairs, walking down the stairs, walking up the stairs"
    ),
    "SIT:running": (
        "when running, while running, when i run, whenever i run, during the run, during run, during my run, during "
        "runs, on the run, on my run, on runs, when im running, while i run, while i ran, during running, if i run, "
        "every time i run, as i run, once i run, during todays run, when i ran, on easy runs, when jogging, during "
        "exercise, on every run"
    ),
    "SIT:walking": "walking, when i walk, on walks, while walking, when walking, on a walk, walk",
    "SIT:rest": (
        "at rest, resting, lying down, lying, laying, when resting, even at rest, doing nothing, when im resting, on "
        "the couch, on the sofa, while resting, laying down, in rest, sitting still, not moving, lying in bed, lie "
        "down, at idle"
    ),
    "SIT:sitting": (
        "sitting, sit, when i sit, desk, at my desk, driving, from sitting, sitting down, in the car, sitting all day"
    ),
    "SIT:standing": "standing, when i stand, stand, standing up",
    "SIT:morning": (
        "morning, mornings, in the morning, every morning, first thing in the morning, first thing, "
        "getting up, get up, "
        "waking up, wake up, woke up, first steps, out of bed, this morning, first steps in the morning"
    ),
    "SIT:night": "at night, during the night, overnight, in bed, nights, night",
    "SIT:start": (
        "at the start, at first, first km, first kilometer, first kilometre, first mile, in the first "
        "km, start, at the "
        "beginning, beginning, starting out, warming up, warm up, when i start, first few minutes, first minutes, in "
        "the first mile, setting off, first 10 minutes, first 5 minutes, starting to run, start of the run, start of "
        "runs"
    ),
    "SIT:after": (
        "after, afterwards, afterward, after running, after the run, after my run, after runs, after "
        "a run, later, next "
        "day, after the race, after long runs, after the long run, following a run, once i stop, after i run, after i "
        "ran, post run, day after, hours later, when i stop"
    ),
    "SIT:during": (
        "halfway, midway, mid run, half way, from km, after about, towards the end, at the end, into the run, km in, "
        "miles in, minutes in"
    ),
    "SIT:long": (
        "long runs, long run, on long runs, long distance, during the long run, on the long run, long "
        "distances, longer "
        "runs, yesterdays long run"
    ),
    "SIT:fast": (
        "sprint, sprints, sprinting, fast, speed, at speed, speed work, speedwork, intervals, tempo, when i go fast, "
        "during intervals, faster, accelerating, track session, strides, interval session, pushing "
        "off, push off, tempo "
        "run, tempo runs, fast running"
    ),
    "SIT:touch": "to touch, to the touch, when i press, pressing, when touched, press on it, touch it",
    "SIT:jumping": "jumping, jump, hopping, hop, landing, landings, impact",
    "SIT:bending": "bending, bend, squatting, squat, squats, kneeling, kneel, lunges, when i bend, stretching",
}
FLAGS = {
    "red_flag:faint": (
        "fainted, faint, fainting, passed out, pass out, passing out, blacked out, black out, "
        "blacking out, collapsed, "
        "collapse, nearly collapsed, lost consciousness, lose consciousness, losing consciousness, unconscious, saw "
        "stars, seeing stars, dizzy, dizziness, lightheaded, light headed, lightheadedness, woozy, giddy, vertigo, "
        "syncope, head spinning, blackout, room is spinning, keeled over, about to faint, near faint, "
        "went black, going "
        "black, everything went dark, tunnel vision, black spots"
    ),
    "red_flag:breathless": (
        "short of breath, shortness of breath, breathless, breathlessness, cant catch my breath, couldnt catch my "
        "breath, gasping for air, gasping, cant breathe, couldnt breathe, struggling to breathe, trouble breathing, "
        "difficulty breathing, hard to breathe, hard to breath, cant breath, couldnt breath, fighting "
        "for air, no air, "
        "suffocating, wheezing, struggle to breathe, cannot breathe, cannot breath, problems breathing, struggled to "
        "breathe, breathing difficulties, breathing problems, cant get enough air, not getting enough air, cant get "
        "air, choking, breathing is hard, trouble catching my breath, hurts to breathe, lips are blue, blue lips, "
        "barely breathe, hardly breathe, gasp for air, gasped for air, cant get my breath, lips "
        "turned blue, unable to "
        "breathe, not able to breathe, unable to catch my breath, air hunger"
    ),
    "OUTOFBREATH": "out of breath, puffing, huffing and puffing, huffing, winded, panting, puffed",
    "red_flag:palpitations": (
        "palpitation, palpitations, heart palpitations, irregular heartbeat, irregular heart beat, arrhythmia, "
        "arrythmia, afib, atrial fibrillation, atrial fib, tachycardia, irregular pulse, skipped "
        "beats, skipping beats, "
        "racing heart, heart flutter*, heart racing, missed beats, extra beats, missing beats, pounding heart, "
        "irregular heart rhythm, heart rhythm"
    ),
    "HEART": "heart, heart rate, heartrate, heartbeat, heart beat, pulse, hr, ticker",
    "FLUTTER": (
        "racing, raced, races, fluttering, flutter, flutters, fluttered, fluttery, skips, skipping, skipped, missing "
        "beats, irregular, irregularly, pounding, jumped, jumps, hammering, thumping, stops, out of rhythm, going "
        "crazy, went crazy, going wild, stumbling, stumbles, unsteady, spiked, beating weird, out of "
        "my chest, erratic, "
        "funny, weird, beats, misses, strange, strangely"
    ),
    "red_flag:heart": "heart attack, cardiac arrest, cardiac event, angina, myocarditis, heart failure, heart stopped",
    "red_flag:stroke": (
        "stroke, slurred, slurring, slurred speech, face drooped, face drooping, drooping face, face droops, face is "
        "drooping, half my face, cant speak, couldnt speak, cant talk properly, lost vision, lost my "
        "vision, cant see, "
        "couldnt see, double vision, blurred vision, blurry vision, vision blurred, vision went blurry, vision is "
        "blurry, lost my sight, blind in one eye, paralyzed, paralysed, paralysis, seizure, seizures, "
        "convulsion*, one "
        "side of my body, one sided weakness, seeing double, worst headache of my life, worst headache ever, "
        "thunderclap headache, thunderclap, tia, worst headache, trouble speaking, cant find words, "
        "drooped, drooping, "
        "sudden severe headache, sudden headache"
    ),
    "red_flag:blood": (
        "coughing up blood, coughed up blood, coughing blood, coughed blood, cough up blood, spitting blood, spit "
        "blood, vomiting blood, vomited blood, blood in my urine, blood in urine, peed blood, peeing blood, pissing "
        "blood, blood in my stool, bloody stool, bloody urine, blood in my pee, dark urine, brown "
        "urine, cola coloured "
        "urine, cola colored urine, urine is brown, urine is dark, pee is brown, brown pee, pee is dark, blood in "
        "stool, bloody sputum, blood in the urine, blood in the stool, threw up blood, throwing up "
        "blood, black stool, "
        "black stools, pink foam, frothy, tea coloured urine, tea colored urine, urine like cola, pee "
        "like cola, puking "
        "blood, puked blood, coca cola pee, blood when i cough, bloody phlegm, blood in my phlegm"
    ),
    "BLOOD": "blood, bloody",
    "COUGH": "cough, coughing, coughed, spit, phlegm, mucus",
    "red_flag:numb": (
        "numb, numbness, pins and needles, tingling, tingles, tingly, lost all feeling, lost feeling, "
        "no feeling, cant "
        "feel, no sensation, loss of feeling, lost sensation, loss of sensation, lost the feeling, foot drop, went "
        "dead, fell asleep, falls asleep, loss of strength, lost strength"
    ),
    "red_flag:nerve": (
        "cant control my bladder, lost control of my bladder, incontinent suddenly, cant pee, lost "
        "bladder control, wet "
        "myself, bladder control, bowel control"
    ),
    "red_flag:crisis": (
        "dont want to be here anymore, dont want to be alive, dont want to live anymore, no point in "
        "living, wish i was dead, kill myself, suicidal, suicide, end my life, dont want to live, want to "
        "die, hurt myself, self harm, harm "
        "myself, no reason to live, better off dead, end it all"
    ),
    "red_flag:allergy": (
        "anaphyla*, throat is closing, throat closing, throat is swelling, throat swelling, tongue is "
        "swelling, tongue "
        "swelling, hives, swollen tongue, face is swelling, throat swelled up, swollen throat and"
    ),
    "red_flag:head_injury": (
        "concussion, hit my head, knocked out, banged my head, knocked unconscious, head injury, bumped my head hard, "
        "landed on my head"
    ),
    "red_flag:heat": (
        "stopped sweating, not sweating, heat stroke, heatstroke, sunstroke, heat exhaustion, no "
        "longer sweating, dont "
        "sweat anymore, didnt sweat anymore, quit sweating, no sweat anymore, sweating stopped, skin is hot and dry, "
        "hot dry skin, no longer sweat, skin is dry and hot, heat illness, sweat stopped, no more sweat, arent "
        "sweating, cant sweat"
    ),
    "SWEAT": "sweat, sweating, sweaty",
    "red_flag:weight_bearing": (
        "cant put weight, cant bear weight, cannot bear weight, cannot put weight, couldnt put weight, cant put any "
        "weight, unable to bear weight, unable to put weight, cant stand on, cant step on, cant walk on, unable to "
        "walk, cant load, couldnt bear weight, cannot walk, cannot stand on, cannot put any weight, not able to put "
        "weight, not able to bear weight, cant weight bear, unable to stand on, couldnt put any weight, couldnt stand "
        "on, couldnt walk on, wont hold my weight, wont take my weight, wont bear weight, bone sticking out, bone is "
        "sticking out, wont support me, unable to weight bear, cant put pressure on, cant take weight, cant put my "
        "weight, cant stand anymore, cannot put my weight, collapses under me, putting weight on it is impossible, "
        "impossible to put weight, impossible to walk, no weight on, not able to walk on, not able to "
        "stand on, putting "
        "weight is impossible, cannot step on, cannot load, not possible to walk, cant even walk, cant walk anymore, "
        "cant walk"
    ),
    "WALK-": (
        "couldnt stand, couldnt walk, cannot stand, barely walk, hardly walk, barely stand, barely put weight, hardly "
        "put weight, barely put any weight, hardly bear weight, barely bear weight, cant stand, barely step"
    ),
    "POP": "pop, snap, popped, snapped, crack, cracked",
    "SWOLLEN": "swollen, swelling, puffy, swelled, swelled up, swells, thick, balloon*, swole, double the size, huge",
    "RED": "red, reddened, redness",
    "HOT": "hot, warm, very hot, super hot, so hot",
    "red_flag:clot": "blood clot, thrombosis, dvt, embolism, deep vein",
    "CONFUSED": (
        "brain fog, confused, confusion, disoriented, disorientated, talk nonsense, talking nonsense, dont know "
        "where i am, didnt "
        "know where i was, cant think straight, delirious, foggy, incoherent, talking gibberish, couldnt remember "
        "where, hallucinat*, not making sense, muddled, didnt make sense, forgot where"
    ),
    "STAGGER": (
        "stumbling, staggering, stagger, walk like drunk, like drunk, like a drunk, drunk, unsteady, cant walk "
        "straight, lost my balance, clumsy, ataxia, wobbling, couldnt walk straight, cannot walk straight, balance is "
        "off, uncoordinated, lose my balance, cant walk in a straight line"
    ),
    "ALTITUDE": (
        "altitude, at altitude, elevation, high altitude, up here, summit, mountain hut, hut, base "
        "camp, high up, high "
        "camp, the mountains, mountain, mountains, alps, himalaya*, rockies, andes, above sea level, "
        "refuge, andean, la "
        "paz, cusco, leadville, colorado"
    ),
    "red_flag:altitude": (
        "altitude sickness, mountain sickness, acute mountain sickness, hape, hace, crackling in my lungs, gurgling"
    ),
    "CONTRACTIONS": (
        "contractions, contraction, labor pains, labour pains, waters broke, water broke, waters have broken, going "
        "into labour, going into labor, leaking fluid, amniotic fluid, baby stopped moving, baby isnt moving, baby is "
        "not moving, baby moves less, fluid leaking"
    ),
    "BLEED": "bleeding, bleed, spotting, bled, bleeds, losing blood",
}
TABLES = (BODY, WHEN, FLAGS)
