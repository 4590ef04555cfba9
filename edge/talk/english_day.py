"""The English words for sleep, tiredness, mood, shifts, illness and weather.

The rule of this file: data alone, as in `english`.
"""

from __future__ import annotations

DAY = {
    "sleep:bad": (
        "slept badly, slept bad, slept poorly, slept terribly, slept terrible, slept awful, slept awfully, slept like "
        "crap, slept like shit, slept horribly, bad sleep, bad night, poor sleep, terrible sleep, "
        "terrible night, rough "
        "night, awful night, restless night, sleepless, sleepless night, insomnia, tossed and turned, tossing and "
        "turning, cant sleep, couldnt sleep, no sleep, didnt sleep, barely slept, hardly slept, "
        "little sleep, not much "
        "sleep, not enough sleep, slept very little, slept little, awake all night, up all night, "
        "awake half the night, "
        "up half the night, woke up all night, kept waking up, woke up five times, lack of sleep, "
        "sleep deprived, short "
        "night, sleep was bad, sleep was terrible, sleep was awful, sleep was rubbish, sleep was poor, sleep sucks, "
        "sleep was crap, slept rubbish, short on sleep, too little sleep, hardly any sleep, lousy night, lousy sleep, "
        "crap sleep, shit sleep, not sleeping well, sleeping badly, sleeping poorly, slept really badly, slept very "
        "badly, slept so badly, slept really bad, slept pretty badly, didnt get much sleep, kept me "
        "up, woke up several "
        "times, havent slept, slept horrible, slept crap, slept rough, sleep has been bad, sleep has been terrible, "
        "sleep is bad, was awake for hours, lay awake, lying awake, shitty night, broken sleep, interrupted sleep, "
        "horrible night, trouble sleeping, barely any sleep, kept me awake, cannot sleep, restless sleep, poor night, "
        "bad nights"
    ),
    "sleep:good": (
        "slept well, slept good, slept great, slept like a baby, slept like a log, slept like a rock, "
        "good sleep, great "
        "sleep, good night 's sleep, good nights sleep, solid sleep, out like a light, slept really well, slept very "
        "well, slept ok, slept fine, slept soundly, slept through, sleep was good, sleep was great, slept in, well "
        "rested, slept deeply, slept perfectly, slept alright, excellent sleep, slept like a stone, "
        "sleeping well, good "
        "night, sleep well, slept super well, slept enough, great night 's sleep, enough sleep, deep sleep"
    ),
    "SLEEP": "sleep, slept, sleeping, asleep, hours in bed, zzz",
    "fatigue:": (
        "dead beat, im beat, tired, exhausted, exhaustion, fatigued, fatigue, wiped out, wiped, drained, "
        "knackered, worn out, no energy, "
        "low energy, running on fumes, dead legs, legs are heavy, heavy legs, legs feel heavy, legs "
        "are dead, legs are "
        "tired, tired legs, pooped, shattered, spent, burned out, burnt out, run down, sluggish, sleepy, weary, "
        "legs like lead, legs of lead, out of energy, legs are toast, wrecked, dead tired, empty, "
        "legs feel like lead, "
        "overtrained, zonked, legs were heavy, legs felt heavy, legs are like lead, lethargic, running on empty, "
        "cooked, bushed, no power, no legs, flat today, feel flat, feeling flat, dead on my feet, legs are shot, legs "
        "are cooked, tiredness, weak legs, jaded, legs are empty, legs feel dead, legs feel tired, "
        "legs felt like lead, "
        "groggy, burnout, lacking energy, legs felt dead, ran out of steam, weakness, feel weak, feeling weak, energy "
        "is low, my legs are lead"
    ),
    "fatigue:sore": (
        "doms, legs are sore, sore legs, legs feel sore, muscle soreness, sore muscles, muscles are sore, legs are "
        "still sore, legs still sore, legs are really sore, legs are a bit sore, sore all over, muscles ache, achy "
        "legs, legs are achy, sore from the gym, muscles are aching, legs sore, bit sore all over, "
        "legs are very sore, "
        "muscles sore, legs are trashed"
    ),
    "stress:": (
        "stressed, stress, stressful, deadlines, deadline, overwhelmed, under pressure, lot of "
        "pressure, under a lot of "
        "pressure, pressure at work, pressure in the office, head is exploding, hectic, overworked, "
        "work is crazy, busy "
        "at work, crazy week, exams, exam week, stressed out, swamped, rushed off my feet, crunch "
        "time, work is killing "
        "me, boss is on my back, too much on my plate, frazzled, nerves are shot, exam stress, lots going on, work is "
        "mad, snowed under, tense, on edge, work has been crazy, under lots of pressure, work "
        "pressure, a lot going on, "
        "chaos at work, under so much pressure, crazy at work, worried, lot on my plate, so much going on, lot going "
        "on, work is insane, up to my neck"
    ),
    "mood:bad": (
        "feeling down, sad, no motivation, unmotivated, low mood, depressed, been crying, crying, "
        "cant be bothered, not "
        "motivated, feeling low, bad mood, demotivated, grumpy, fed up, feel down, moody, irritable, frustrated, "
        "anxious, anxiety, no desire to run, mood is low, not in the mood, mood is bad, feel low, "
        "hopeless, miserable, "
        "lost my mojo, no mojo, motivation is low, lonely, in a funk, not feeling it, heartbroken, unhappy, zero "
        "motivation, lack motivation, low motivation, lacking motivation, feel like crap, feel like "
        "shit, feeling blue, "
        "cant motivate myself, mentally drained, motivation is zero, discouraged, disappointed, gloomy, lost "
        "motivation, motivation is gone, feeling meh, meh, dont feel like running, dont feel like it, "
        "dont want to run, "
        "bummed, bummed out, couldnt be bothered, down today, bit down, really down, pissed off, upset"
    ),
    "mood:good": (
        "feeling good, feel good, feel great, feeling great, feel amazing, feeling amazing, felt "
        "great, felt good, feel "
        "awesome, feeling awesome, felt amazing, full of energy, in a good mood, good mood, great mood, motivated, "
        "pumped, excited, energetic, energized, feeling strong, feel strong, felt strong, happy, feeling fantastic, "
        "feel fantastic, top form, on top of the world, fresh, raring to go, buzzing, stoked, cheerful, super "
        "motivated, in great shape, im great, feeling fresh, feel fresh, really good today, feeling "
        "super, feel super, "
        "in high spirits, feeling brilliant, feel really good, feel really great, feeling really good, feel so good, "
        "feel very good, feeling fab, can 't wait, cant wait to run, legs feel great, legs felt "
        "great, legs feel good, "
        "legs felt good, legs are fresh, legs feel fresh, loving it, on cloud nine, feeling better"
    ),
    "WELL": (
        "feel well, feeling well, feel right, feeling right, feel quite right, feeling 100, feeling "
        "too well, feel too "
        "well, feeling myself, feel so well, feeling so well"
    ),
    "shift_work:night": (
        "night shift, night shifts, nightshift, nightshifts, nights until, working nights, on nights, work nights, "
        "worked nights, working at night, graveyard shift, worked the night, working through the night, overnight "
        "shift, worked all night, night duty, work night shifts, worked overnight"
    ),
    "shift_work:late": (
        "late shift, late shifts, evening shift, evening shifts, lates, on lates, back shift, afternoon shift"
    ),
    "shift_work:early": "early shift, early shifts, morning shift, morning shifts, earlies, on earlies",
    "shift_work:": (
        "shift work, shiftwork, rotating shifts, double shift, shift worker, shifts this week, shift, "
        "shifts, on call, "
        "24 hour shift, 12 hour shift"
    ),
    "illness:fever": (
        "fever, feverish, temperature of, high temperature, running a temperature, running a temp, shivers, chills, "
        "temp of, have a temperature, febrile"
    ),
    "illness:cold": (
        "a cold, my cold, cold since, head cold, caught cold, caught a cold, got a cold, have a cold, "
        "the cold is, cold "
        "is gone, common cold, cold symptoms, have cold, sore throat, throat is sore, runny nose, sniffles, snotty, "
        "stuffy nose, blocked nose, sneezing, scratchy throat, nose is running, nose is blocked, cough, coughing, "
        "chesty cough, throat hurts, congested, tickly throat, sniffly, bad cold, a chest cold, chest cold, slight "
        "cold, snot, man flu, nasty cold, bit of a cold, cold and sore throat, fighting a cold, still have the cold, "
        "throat is scratchy, stuffed up, throat infection, tonsillitis"
    ),
    "illness:flu": "flu, influenza",
    "illness:stomach": (
        "stomach bug, stomach flu, throwing up, threw up, vomiting, vomited, puking, puked, diarrhea, diarrhoea, the "
        "runs, food poisoning, nausea, nauseous, gastro, norovirus, upset stomach, tummy bug, stomach "
        "upset, sick to my "
        "stomach, queasy, gastroenteritis, been sick all night, was sick all night, barfed, barfing, stomach virus"
    ),
    "illness:covid": "covid, corona, covid 19, coronavirus, long covid",
    "illness:": (
        "sick, ill, under the weather, unwell, sinus infection, bronchitis, pneumonia, infection, "
        "virus, poorly, coming "
        "down with something, getting sick, feel rough, feeling rough, chest infection, uti, ear infection, mono, "
        "glandular fever, strep, allergies, hay fever, asthma, sinusitis, feel lousy, feeling lousy, "
        "off sick, fighting "
        "something, fighting something off, caught something, caught a bug, shingles, measles, illness, feeling ill, "
        "viral, infected, laryngitis, feel ill, a bug"
    ),
    "VOMIT": "vomiting, throwing up, threw up, vomited, puking, nausea, nauseous, puked",
    "weather:hot": (
        "heat, heatwave, heat wave, scorching, boiling, sweltering, very hot, too hot, so hot, its "
        "hot, really hot, hot "
        "outside, hot today, roasting, hot day, hot weather, super hot, baking, hot out, blistering, hot and sunny, "
        "blazing sun, hot and humid not, extremely hot, hot here, it 's hot, hot tomorrow, quite hot, pretty hot"
    ),
    "weather:cold": (
        "freezing, freezing cold, very cold, too cold, its cold, cold outside, cold today, cold weather, chilly, cold "
        "out, frost, frosty, bitterly cold, so cold, below zero, subzero, sub zero, really cold, cold, it 's cold, "
        "arctic, ice cold, cold here, icy cold, super cold, frigid"
    ),
    "weather:ice": "ice, icy, black ice, slippery, frozen pavement, frozen roads, frozen over, ice rink, glazed",
    "weather:rain": (
        "rain, raining, rainy, pouring, drizzle, drizzling, downpour, bucketing, heavy rain, wet outside, chucking it "
        "down, soaking, raining cats and dogs, showers, flooded, flooding, tipping down, pissing down"
    ),
    "weather:wind": (
        "wind, windy, gale, gales, strong wind, headwind, gusts, gusty, storm force, blowing a gale, "
        "very windy, blowy, "
        "strong winds, winds, breezy"
    ),
    "weather:storm": (
        "thunderstorm, thunderstorms, thunder, lightning, storm, stormy, hurricane, tornado, storm warning, typhoon"
    ),
    "weather:snow": "snow, snowing, snowy, blizzard, snowstorm, snowfall, slush, slushy, knee deep snow",
    "weather:humid": "humid, humidity, muggy, sticky, sultry, steamy, clammy",
    "weather:dry": "dry heat, dry air, air is dry, low humidity, humidity is low, humidity low, very dry air",
    "weather:air": (
        "smog, bad air, air quality, smoke, smoky, air pollution, wildfire*, pollution, pollen, aqi, ozone, polluted, "
        "smokey"
    ),
    "weather:dark": (
        "dark outside, its dark, dark when, pitch black outside, dark by then, it 's dark, too dark, dark early, gets "
        "dark"
    ),
    "weather:fog": "fog, foggy outside, foggy roads, mist, misty",
}
TABLES = (DAY,)
