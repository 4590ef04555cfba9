"""English turns of phrase that strangers' plain sentences taught, of every kind; they are joined to the other tables.

The rule of this file: data alone, in the way of writing of `turns`; a turn is a family of wordings, never one sentence.
"""

from __future__ import annotations

MORE = {
    "red_flag:chest_pain": (
        "chest|heart is|was|feels|feel? ok|okay|fine|good|alright ~ COMMA? but it|there|i did|was|had|felt|has ~ "
        "squeez*|tight*|hurt*|ach*|press*|pain|burn*|heavy|flutter*, "
        "not|wouldnt|isnt|dont ~ call|say|really|exactly|so_much|quite|a|it ~ chest_pain|pain_in_my_chest|chest_pains COMMA? ~ more|rather|just|only ~ "
        "weight|pressure|tight*|heav*|squeez*|ache|pull*|burn*|band|discomfort|pressing"
    ),
    "red_flag:head_injury": (
        "lump|bump|egg|bruise|gash ~ on|side|back|top ~ head ~ COMMA? ~ "
        "foggy|sick|dizzy|vomit*|throwing_up|threw_up|sleepy|drowsy|blurr*|confused|woozy, "
        "head ~ hurt*|ach*|sore|pound*|throb* ~ COMMA? ~ since ~ hit|bang*|bump*|knock*|fell|smack*|whack*, "
        "hit_by|knocked_over|knocked_off|knocked_down|run_over ~ COMMA? ~ head ~ COMMA? ~ "
        "foggy|sick|dizzy|sore|hurt*|lump|bump"
    ),
    "red_flag:confused": (
        "stopped|stop|wasnt|werent|not|hardly making sense COMMA? ~ "
        "wife|husband|friend|they|ambulance|911|999|112|medic*|collapsed, "
        "hot|heat|humid|sun|mile|km|race|finish|threw_up|sick|collapsed ~ COMMA? ~ "
        "stopped|wasnt|not|hardly making sense, "
        "talking|talked|spoke|speaking ~ nonsense|gibberish|rubbish ~ after|during|at|when|in ~ "
        "run|race|heat|finish|mile|sun|end"
    ),
    "red_flag:blood": (
        "spat|spit|spitting|cough*|brought|bringing|hacking|hacked ~ pink*|bloody|froth*|foam*|rust* ~ "
        "foam|froth|stuff|phlegm|sputum|spit|bits|mucus|gunk"
    ),
    "override_request:": (
        "dont|do_not|no|without|skip|spare|save|stop ~ lecture|lectures|sermon|sermons|telling_off|safety_talk, "
        "wont|will_not|not|refuse|refusing be|to? taking|take ~ rest_day|rest_days|day_off|this_one|easy_day, "
        "im|i_am|were going|heading|off ~ out|running|ahead|for_it|for_a_run ~ regardless|all_the_same|"
        "whatever_you_say, im|i_am|were going|heading|off ~ out|running|ahead|for_it|for_a_run anyway $, "
        "doctor|doc|gp|physio|consultant|nurse|surgeon ~ say|says|said|told|tells|wants ~ no|not|rest|stop|dont|off|"
        "wait COMMA? but i|im|ill do_it|run|running|still_run|still_running|will_run|am_running|go|do $, "
        "dont|do_not|stop ~ shorten*|cut*|reduc*|lower*|soften*|eas*|water*|scal* ~ anything|everything|it|mine|"
        "things ~ because|just|cause|for_my"
    ),
    "NEUTRAL": (
        "used_to ~ run|train|push|race|running|training through|with|on ~ pain|fever|injury|injuries|shin_splints|"
        "illness|flu|anything|everything|stress_fracture, "
        "on my feet ~ a_lot|all_day|all_shift|all_night|most|too_much|loads|the_whole|for_hours|all_the_time|12|10|"
        "eight|ten|twelve, {num} week|weeks|month|months check|checkup|check_up|scan|appointment, "
        "here in {place}, hormone|hormones|bloods|iron|thyroid checked|tested|looked_at, "
        "playing|play|played|watching ~ hurling, hurling match|training|practice|game|team"
    ),
    "NEUTRAL sleep:good": (
        "passed|conked|crashed|zonked|flaked out ~ sofa|couch|bed|settee|armchair ~ COMMA? ~ nap|snooze|slept|sleep|kip"
    ),
    "NEUTRAL weather:fog": "fog|mist ~ cant|couldnt|barely|hardly|can_hardly see",
    "GONE": (
        "hurt|hurts|hurting|sore|ached|aching|bothered COMMA? but|and? honestly|actually|really|luckily? it|they|that? "
        "doesnt|isnt|arent|dont|does_not|is_not any_more|anymore|any_longer $, "
        "bother|trouble|grief|gyp|jip|hurting|hurt|sore ~ ago|yesterday|last_week|last_month COMMA? but? it? "
        "doesnt|isnt|arent|dont|does_not|is_not any_more|anymore|any_longer $, "
        "is|has|have|are ~ all? cleared_up|healed_up|cleared_right_up|settled_right_down|gone_completely"
    ),
    "NEUTRAL stress:": "breathing|breathes|breathe down my|our neck|necks",
    "OLD": (
        "when i was nine|ten|eleven|twelve|thirteen|fourteen|fifteen|sixteen|seventeen|eighteen|nineteen|twenty|#|"
        "about_twenty|in_my_teens|in_my_twenties|at_college|at_uni|in_the_army $"
    ),
    "AREA:foot HURT": "toenail|toenails|toe_nail is|are|went|going|gone|has|came|fell ~ black|purple|bruised|off|hanging",
    "HURT": (
        "it|pain|ache|niggle|soreness|problem|trouble moved|shifted|wandered|switched|spread|travelled|migrated ~ "
        "to|into"
    ),
    "NOTNEG HURT": (
        "was|were|felt|had_been fine|good|ok|okay|great|better COMMA? but|and? it|they|now? "
        "isnt|doesnt|arent|wasnt|not any_more|anymore|now|today, "
        "was|were|felt|had_been fine|good|ok|okay|great|better COMMA? but|and? now|today it|they|its|theyre? "
        "isnt|doesnt|arent|wasnt|not $"
    ),
    "AREA:head HURT": "head is? pound*|throb*|thump*|split*",
    "red_s:eating_less": (
        "throw|throwing|threw|bring|bringing ~ up ~ dinner|food|meals|meal|lunch|tea|breakfast|eat|ate ~ "
        "so|not|to|for ~ gain*|weight|lighter|thin*|slim*|race, make|making|made myself sick|vomit|throw_up, "
        "purge|purging|purged ~ after|my|meals|food|again, laxatives ~ weight|lighter|lose|slim*|race"
    ),
    "weight_goal:lose": (
        "lost # kg|kilos|lbs|lb|pounds|stone ~ already|so_far ~ want|keep|more|hoping|would ~ going|more|lose|go, "
        "slimming club|group|class, see|lose|get|want another|more # lb|lbs|kg|kilos|pounds ~ gone|off|go"
    ),
    "pregnancy:pregnant": (
        "baby|babys|bub|twins is|are? due in|on|next|this|any, "
        "trying for|to a|conceive ~ baby? ~ and|COMMA? ~ test ~ positive, pregnancy test ~ positive|two_lines"
    ),
    "pregnancy:postpartum": (
        "{num} weeks|months|days|week|month after|since having|giving|i_had ~ her|him|birth|baby|them|twins|daughter|son"
    ),
    "sleep:good": (
        "{many} hours straight through, {many} hours straight|solid ~ first_time|at_last|finally|without, "
        "nights have_been|were|are|been ~ lovely|great|good|better|brilliant|fantastic|restful|wonderful, "
        "relaxed|rested|holiday ~ COMMA? slept loads"
    ),
    "stress:": (
        "a_lot|lots|loads|so_much|too_much ~ to deal|cope with, arguments|rows|fights|fighting|arguing|tension ~ "
        "at home|work, im|am up to ninety|high_doh, inspectors|inspection|ofsted ~ in|at|this|coming|week, "
        "not|cant|barely|hardly|struggling to? coping|cope, "
        "stomach|tummy|belly is? in|tied_up_in knots, too|so much worry|worries|worrying, going|moving|gone|went "
        "into a? care|nursing home ~ deal|hard|tough|lot|worry"
    ),
    "mood:bad": (
        "nothing|little|hardly_anything gives|brings|makes me ~ joy|pleasure|happy, "
        "crying|cry|cried a_lot|all_the_time|constantly|every_day|all_day, keep|cant_stop crying, "
        "feel|feeling|bit|and|so|really blue, cross|grumpy as two_sticks|a_bear|anything, "
        "sad|nervous_and_sad ~ since|lately|these|for|today|all"
    ),
    "mood:good": (
        "feel|feeling|im|am|felt|like ~ new woman|man|person, {am} ~ relaxed|chilled|calm ~ "
        "about|before|after|lately|now|today?, im|am|been grinning|beaming|buzzing"
    ),
    "fatigue:": (
        "feel|feeling|felt|am|im|still|and|so|bit ~ washed_out|weak|drowsy|groggy|woozy_and_tired, "
        "make|makes|making|made me ~ drowsy|sleepy|groggy|tired, im|am|feel|feeling|total|complete a? wreck, "
        "eyes like|are|feel sandpaper|lead|closing"
    ),
    "weather:": (
        "yellow|amber|red|orange ~ warning|alert for ~ wind|rain|snow|ice|heat|storm*|thunder|fog, "
        "weather is? filthy|foul|vile|rank|shocking|wild|grim|rotten|savage, "
        "sun is? out, sun splitting|cracking the stones|flags|rocks, air is ~ dusty|smoky|thick|heavy|bad, "
        "hammering|bucketing|lashing|pelting|chucking|tipping|belting it? down"
    ),
    "weather:hot": "forecast ~ HOTDEG ~ sticky|humid|degrees|hot|muggy, HOTDEG and sticky|humid|muggy",
    "illness:": "ibs, ibs|crohns|colitis|coeliac flare|flaring|flare_up|attack, hangover, hungover",
    "illness:cold": (
        "throat like|feels|full glass|razors|sandpaper|knives|of_glass, head|my|the cold nearly|almost|about "
        "finished|gone|over|done, ^ cold nearly|almost finished|gone|over|done"
    ),
    "cycle:period": "my bleed|flow ~ started|starts|began|due|came|is, heavy|heavier|light flow|bleed ~ day|days|today",
    "shift_work:night": "^ nights then|till|until|plus|again|tonight",
    "shift_work:": (
        "nursing|care|bar|warehouse|factory|kitchen|hotel|pub shift|shifts, {num} hour nursing|care shift|shifts, "
        "work|working ~ hotel|bar|restaurant|pub|hospital|kitchen|warehouse late|till_late|evenings"
    ),
    "medication:": (
        "tranexamic ~, lamotrigine, levetiracetam, topiramate, carbamazepine, valproate, quetiapine, olanzapine, "
        "duloxetine, bupropion, last|first|more|some tablets|pills|dose of ~ anti_inflammator*|anti_inflammatories"
    ),
    "SHORTOFTIME": (
        "havent|not|hasnt|dont got|have long $, havent|not got long ~ today|tonight|before, "
        "zero|no|hardly_any|little|barely_any|not_much|very_little time $, squeezed|tight for time|minutes, "
        "not|hardly a lot of time ~ today|tonight|this|sorry?"
    ),
    "WISHES:easy": (
        "just want|wanna to? walk|stroll|potter|plod, "
        "on the gentle|easy|easier|lighter|softer side, shortest|easiest|gentlest ~ possible|you_have|you_can ~ run?, "
        "no pressure please, start|starting slowly|gently|slow please|if|again?"
    ),
    "WISHES:": (
        "not|rather_not|without|avoid to? have|having me do|doing|run|running hills|speed|intervals|sprints|hill_reps, "
        "want|like|love|fancy|wanna to? go|run|jog with my|our|the|a, "
        "keep|kept|make|have it|them|things ~ shorter|short|gentler|easier|brief ~ than|this|today|tonight|please, "
        "shorter|easier|gentler|longer sessions|runs|session please|from|for?, "
        "extra|more cardio|running|miles|speed|hills please, back to full|normal|proper training please|now, "
        "want|hoping|like|ready to build ~ up again|slowly|back"
    ),
    "NEUTRAL WISHES:": "put|add|get|bring ~ strides|hills|intervals|tempo|sprints back in|please",
    "NEUTRAL WISHES:fast": "fancy|want|need|like a blast|blowout|burn_up|hit_out",
    "AREA:back": "COMMA|and|but|with back is? at? a? # / 10, COMMA|and|but|with back is? at? a? # out_of ten|10",
    "WISHES:fast": "something ~ properly|really fast|quick",
    "WISHES:cross": "do|use|go|try ~ on? turbo instead|today|inside|indoors, treadmill|turbo while|instead|please, "
    "may|can|could|might i ~ treadmill|turbo|bike|elliptical|rower|pool",
    "AVAIL": (
        "{day} ~ wide_open|all_good|is_open|are_open|all_open, weekdays|evenings|mornings|rest_of_the_week|"
        "other_days|others|rest is|are? all? wide? good|open|fine|free, free only after|before|until|between, "
        "only|just free after|before|until|between, {day} is the only day"
    ),
    "BUSYDAY": (
        "mornings|evenings|afternoons|lunchtimes|mornings_are no|out|dont_work|wont_work|not_possible|impossible, "
        "didnt|dont|not|skip run|train|go|running|training {day}, "
        "duties|duty|overtime|night_school|evening_class ~ {day}, {day} ~ duties|duty|overtime|night_school, "
        "weekend evenings|mornings are|is? taken|gone|busy"
    ),
}
