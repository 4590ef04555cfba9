"""English idioms of daily life: how people say that they slept, are tired, stressed, low, ill, busy or away.

The rule of this file: data alone, as in `english`; wordings that no other table holds.
"""

from __future__ import annotations

WIDE = {
    "sleep:bad": (
        "40 winks all night, forty winks all night, not a wink, didnt sleep a wink, hardly a wink, no shut eye, "
        "counting sheep, tossing all night, up with the baby, up with the kids, baby kept me up, baby was up, up at 3, "
        "awake since 3, awake since 4, wide awake at, slept in bits, slept on and off, fitful sleep, fitful night, "
        "patchy sleep, hardly any kip, no kip, barely any kip, bad kip, slept wretchedly, slept miserably, my sleep is "
        "a mess, sleep is all over the place, sleep went badly, night was awful, night was terrible, night was rough, "
        "night was short, bad nights sleep, poor nights sleep, terrible nights sleep, not slept, hasnt been sleeping, "
        "havent been sleeping, not been sleeping, sleep quality was poor, sleep score was low, low sleep score"
    ),
    "sleep:good": (
        "slept amazingly, slept brilliantly, slept like the dead, slept like a teenager, best sleep, a good nights rest, "
        "good nights rest, properly rested, caught up on sleep, sleep score was high, had a great night, had a good "
        "night, restful night, restful sleep, uninterrupted sleep, full night of sleep"
    ),
    "fatigue:": (
        "my body is weak, body is weak, body feels weak, body is tired, bone tired, dog tired, dead as a dodo, running "
        "on empty, nothing in the tank, tank is empty, nothing left in the tank, no gas in the tank, out of gas, no juice, "
        "out of juice, battery is empty, battery is flat, low battery, batteries are low, at the end of my rope, "
        "on my last legs, legs wont go, legs had nothing, legs have nothing, legs are gone, legs are jelly, jelly legs, "
        "legs like jelly, legs are wooden, legs like wood, legs of wood, heavy as lead, no spring in my step, no zip, "
        "no oomph, no pep, sapped, zapped, pooped out, tuckered out, clapped out, done in, all in, fried, toasted, beat "
        "up, ragged, haggard, foggy, brain fog, low on energy, energy levels are low, cant keep my eyes open, could "
        "sleep for a week, could sleep all day, so sleepy, fatiguing, worn down, ground down, depleted, feel depleted, "
        "overcooked, overreached, overdone it, overdid it, not recovered, havent recovered, still recovering, "
        "not fully recovered, under recovered, lifeless, listless, legs feel like concrete, legs of concrete"
    ),
    "fatigue:sore": (
        "cant lift my arms, stiff legs, legs are stiff, stiff all over, stiff as a board, stiff muscles, muscles are "
        "stiff, quads are trashed, quads are toast, "
        "everything is sore, everything aches, my whole body aches, whole body is "
        "sore, sore from yesterday, sore from the race, sore after the race, muscle ache, muscle aches, aching legs, "
        "legs ache, legs are aching, tight muscles, legs feel tight"
    ),
    "stress:": (
        "anxious and overwhelmed, at breaking point, at my limit, at the end of my tether, burning the candle at both "
        "ends, up to my eyeballs, up to my ears, drowning in work, buried in work, buried under work, work is hell, work "
        "is a nightmare, work is full on, work is intense, full on at work, manic at work, mad at work, flat out at work, "
        "no time to breathe, juggling too much, too many balls in the air, spinning plates, family stress, money "
        "worries, money trouble, worried sick, sick with worry, going through a divorce, divorce is, moving house, house "
        "move, planning the wedding, exam season, finals, dissertation due, thesis due, thesis deadline, big presentation, "
        "job interview, lost my job, got laid off, layoffs, redundancy, conflict at work, argument with, fight "
        "with my, so much on, loads on, heaps on, load of stress, stressing, stressing out, nervous wreck, bag of nerves, "
        "on edge, wound up, uptight, keyed up, freaking out, panicking, panic, mentally exhausted, work trouble, trouble "
        "at work, crisis at work, audit, tax season, month end, year end closing, sick child, caring for my"
    ),
    "mood:bad": (
        "in the dumps, down in the dumps, cant face it, cant face running, sick of running, hate running, no fun, not fun "
        "anymore, no joy, joyless, lost the joy, lost the love, over it, so over it, dont care anymore, "
        "feel empty, feeling empty, numb inside, tearful, weepy, teary, in tears, cried, low spirits, "
        "spirits are low, morale is low, crabby, cranky, snappy, irritated, annoyed, angry, furious, pissed, dreading it, "
        "dread the run, dreading the run, dread running, apathetic, indifferent, blah, feeling blah, out of sorts, not "
        "myself, glum, dejected, despondent, downhearted, disheartened, gutted, devastated, grieving, grief, homesick, "
        "motivation is in the basement, motivation is nowhere, cant get off the couch, cant get off the sofa, couch won, "
        "feeling lousy mentally, in a dark place, in a bad place, in a bad headspace, bad headspace, self doubt"
    ),
    "mood:good": (
        "so much happier, happier, much happier, in good spirits, spirits are high, full of beans, full of the joys, over "
        "the moon, tickled pink, delighted, thrilled, ecstatic, elated, joyful, content, at peace, calm and happy, "
        "optimistic, in a good place, good headspace, feeling positive, feeling invincible, invincible, "
        "unstoppable, on fire, feel like flying, feeling light, feel light, bouncing, full of life, up for it, "
        "well up for it, ready to rumble, itching to run, cant wait, psyched, hyped, fired up, "
        "amped, keen as, mood is good, mood is great, morale is high, grateful, proud of myself, having fun, enjoying it"
    ),
    "illness:": (
        "malaria, dengue, typhoid, lyme, lyme disease, mumps, chickenpox, chicken pox, whooping cough, hepatitis, kidney "
        "infection, bladder infection, cystitis, appendicitis, gallstones, kidney stones, tooth infection, abscess, "
        "conjunctivitis, pink eye, scarlet fever, meningitis, sepsis, pleurisy, rsv, hfmd, hand foot and mouth, under "
        "the covers all day, laid up, laid low, bedridden, in bed with, stuck in bed, feeling crook, feel crook, crook, "
        "feeling peaky, peaky, off colour, off color, not feeling well, dont feel well, feel unwell, sick as a dog, "
        "coming down with, going down with, picked up something, picked something up, lurgy, the lurgy, dreaded lurgy, "
        "immune system is, run down and ill, antigen test positive, swollen glands, glands are up, glands are swollen"
    ),
    "illness:stomach": (
        "the trots, runny tummy, montezumas, delhi belly, bug in my stomach, stomach is upset, stomach is off, dicky "
        "tummy, spewing, spewed, hurling, hurled, chundered, hugging the toilet, hugging the bowl, cant keep anything "
        "down, cant keep food down, couldnt keep anything down, cant keep water down"
    ),
    "illness:cold": (
        "sniffle, the sniffles, bunged up, nose like a tap, streaming nose, streaming cold, rotten cold, stinking cold, "
        "hoarse, lost my voice, voice is gone, phlegm, phlegmy, mucus, frog in my throat, throat like sandpaper, throat "
        "is on fire, razor blades in my throat, swallowing hurts, hurts to swallow, head is bunged up"
    ),
    "illness:fever": "burning up, running hot and cold, hot and cold flushes, temp is 38, temp is 39, temperature is 38, temperature is 39",
    "shift_work:night": (
        "graveyard, graveyards, on the graveyard, nights this week, nights all week, night duties, night rota, on nights "
        "this, finished nights, coming off nights, just off nights, worked till morning, worked until morning, worked "
        "until 6 am, worked till 6, night nurse, 12 hour nights"
    ),
    "shift_work:": "on the rota, swing shift, split shift, split shifts, swing shifts, 12 hour shifts, double shifts",
    "travel:": (
        "road trip, on the road all week, living out of a suitcase, out of town, away on business, away for work, away "
        "with work, business trip, work trip, travelling for work, traveling for work, visiting my parents, visiting "
        "family, visiting friends, on holiday, on vacation, city break, going abroad, "
        "abroad next week, overseas, cruise, camping trip, camping, ski trip, skiing holiday, conference in"
    ),
    "override_request:": (
        "screw the plan, sod the plan, bin the plan, racing hurt, race hurt, run hurt, dont mention my, dont mention it "
        "any more, stop mentioning, i insist, just schedule, just give me the, safety mode off, turn off safety, turn "
        "safety off, disable safety, disable the safety, bypass the, bypass safety, skip the safety, skip the checks, no "
        "safety checks, drop the safety, drop the limits, remove the limits, remove the cap, lift the cap, lift the "
        "limit, lift the limits, unlock the, uncap, no limits today, forget the limits, forget the rules, to hell with "
        "the rules, to hell with, damn the rules, rules are for, i know better, i know my body, i know what im doing, "
        "trust me im fine, trust me i can, ill be fine just, pretend im healthy, pretend i am healthy, treat me as "
        "healthy, treat me as if, act as if im healthy, act as if i am, assume im healthy, assume i am healthy, i accept "
        "the risk, i take the risk, at my own risk, on my own responsibility, i sign a waiver, dont care what the rules, "
        "dont care about the rules, whatever the rules, regardless of the rules, regardless of pain, push through the "
        "pain, run through the pain, train through the pain, ignore the warning, ignore the warnings, ignore all "
        "warnings, ignore the doctor, ignore my doctor, doctor is overcautious, stop nagging, quit nagging, stop being "
        "so careful, stop babying me, dont baby me, no more warnings"
    ),
    "red_flag:chest_pain": (
        "squeeze in my chest, squeezing in my chest, squeezing across my chest, vice around my chest, band around my "
        "chest, tight band around my chest, elephant on my chest, elephant sat on my chest, elephant sitting on my chest, "
        "brick on my chest, weight on my chest, crushing feeling across, crushing in my chest, chest is being crushed, "
        "burning behind my breastbone, burning behind the breastbone, pressure behind my breastbone, pressure behind the "
        "breastbone"
    ),
    "red_flag:stroke": (
        "face drooping, face droops, face is drooping, mouth drooping, mouth is drooping, half my face, half of my face, "
        "side of my face is, one side of my face, thunderclap headache, worst headache of my life, worst headache ever, "
        "slurred, slurring, slurred speech, speech was slurred, words came out wrong, arm went limp, arm is limp, leg went "
        "limp, cant raise one arm, couldnt lift one arm, one side went weak, one side is weak, vision went double, seeing "
        "double, double vision, lost vision, lost sight, blind in one eye, curtain over my eye"
    ),
    "red_flag:clot": "one leg is puffy, leg is puffy, calf is puffy, one leg is swollen, one calf is swollen",
    "red_flag:blood": "coke coloured pee, cola coloured pee, coke coloured urine, cola coloured urine, peeing coke, peeing cola, pee is brown, pee is dark brown, pee is like cola, urine like cola, tea coloured urine",
}
TABLES = (WIDE,)
