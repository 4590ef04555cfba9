"""English turns of phrase for sleep, moods, tiredness, stress, shifts and illness, and the classes of words they use.

The rule of this file: data alone, in the way of writing of `turns`.
"""

from __future__ import annotations

from edge.talk.english_signs import SIGNS
from edge.talk.english_turns_life import LIFE
from edge.talk.english_turns_plan import PLAN
from edge.talk.english_turns_wide import MORE
from edge.talk.places import NAMES

CLASSES = {
    "kid": "kid kids child children baby babies newborn toddler toddlers infant little_one son daughter twins bub",
    "folk": (
        "partner wife husband boyfriend girlfriend neighbour neighbours neighbor neighbors dog dogs cat roommate "
        "flatmate housemate mum dad mother father mate hubby other_half upstairs puppy foxes seagulls builders"
    ),
    "num": (
        "one two three four five six seven eight nine ten eleven twelve fifteen twenty thirty forty fifty sixty a "
        "an couple_of few several #"
    ),
    "few": "two three four five six 2 3 4 5 6",
    "many": "seven eight nine ten eleven 7 8 9 10 11",
    "day": (
        "monday mondays mon tuesday tuesdays tue tues wednesday wednesdays wed thursday thursdays thu thurs friday "
        "fridays fri saturday saturdays sat sunday sundays sun weekend weekends tomorrow midweek"
    ),
    "odd": (
        "odd oddly weird funny bananas crazy mad mental nuts haywire wild irregular irregularly erratic jumpy "
        "somersault* flip flips backflips flutter* fluttery skipping skippy double_time strange strangely bonkers "
        "berserk all_over_the_place overdrive stumbl* out_of_sync uneven pausing stopping jumping "
        "racing_for_no_reason"
    ),
    "place": " ".join(sorted(NAMES - {"nice", "essen", "split", "bath", "reading", "island", "cork", "turkey"})),
    "hard": "hard harder tough tougher slow slower sluggish heavy laboured impossible horrible",
    "work": "work job boss manager office client clients uni school thesis deadline deadlines project projects",
    "not": "not never hardly barely scarcely didnt dont doesnt cant couldnt wont wouldnt cannot isnt wasnt havent",
    "very": (
        "really so very pretty quite super bloody just absolutely totally completely utterly properly a_bit rather "
        "actually kind_of well dead too still"
    ),
    "am": "im i_am am is was feel feels feeling felt been",
}
DAY = {
    "sleep:bad": (
        "{kid}|{folk} ~ had|got|have|has me|us up, {kid}|{folk} ~ kept|keep|keeps|keeping|woke|wakes|waking ~ "
        "me|us|everyone, {kid}|{folk} ~ didnt|doesnt|dont|wont|wouldnt let|lets ~ me|us sleep, {kid} ~ "
        "wouldnt|wont|didnt|doesnt|refuse*|hardly|barely ~ sleep|settle|sleeping|slept, {kid} ~ "
        "up|awake|crying|screaming|teething|poorly|ill|sick ~ all|half|most|in|at|during|through ~ night|hours, "
        "{kid}|{folk} ~ climbed|crawled|came|got|jumped|hopped in|into ~ bed|beds, {kid}|{folk} ~ "
        "snor*|barked|barking|howled|howling|cried|crying|screamed|coughed|coughing|partied|partying|kicked|"
        "fidgeted|fighting|rowing|argued|arguing ~ all|half|most|whole|through|until|till|the ~ "
        "night|hours|midnight|morning|one|two|three|four|five|#, {folk} ~ snores|snoring|snored, {folk}|{kid} ~ "
        "needed|needs|called|wanted me ~ night, "
        "music|party|storm|thunder|traffic|alarm|alarms|sirens|noise|roadworks|heat ~ kept|woke ~ me|us|awake|up, "
        "not|hardly my|the|a|exactly ~ best|greatest|finest|greatest|most_restful night|nights|sleep, not ~ "
        "best|greatest|finest of nights, ive|i_have|have|could_have|couldve|id|had slept|had better|longer|more, "
        "could|couldve|could_have ~ done|do with ~ sleep|hours|kip, could use ~ more|longer|extra ~ "
        "sleep|hours|kip, need|needed|wish_i_had|wish_id_had ~ more sleep|hours_sleep|kip, wish i|id ~ slept ~ "
        "better|longer|more|well, brain|mind|head|thoughts ~ wouldnt|wont|didnt|couldnt|would_not|kept ~ "
        "switch|shut|turn|stop|slow|racing|churning|whirring|spinning ~ night, brain|mind|head "
        "wouldnt|would_not|didnt switch|shut|turn off|up|down, mind|head|brain|thoughts|thinking ~ "
        "racing|whirring|churning|spinning ~ night|in_bed|hours, went|go|gone|got|get|getting|crawled|fell|made_it "
        "to|into bed ~ late|midnight|past|gone|after_midnight|at_one|at_two|at_three|at_1|at_2|at_3, "
        "not|wasnt|didnt|never ~ in|to|into bed ~ before|until|till, bed ~ far|way|much too late, "
        "stayed|stay|was|were|been|sat|still up|awake ~ watching|studying|working|gaming|reading|scrolling|"
        "writing|late|partying|until|till|past|half_the|all_night, out|up ~ until|till|past ~ "
        "{few}|one|1|midnight|all_hours|small_hours, watching|scrolling|gaming ~ until|till ~ "
        "{few}|one|1|midnight|late, night out, big|long night out, nodded|nod|dozed|drifted|dropped|drop off ~ "
        "at|until|till|around|before|after|gone ~ {few}|one|1|midnight|dawn|light, "
        "didnt|did_not|havent|not|hardly|barely|never|dont|wasnt|couldnt get|got|getting|had|have|catch|caught|grab "
        "~ shut_eye|shuteye|sleep|kip|wink|winks|rest_last, "
        "no|little|zero|barely|hardly|scarcely|not|minimal|almost_no|next_to_no ~ "
        "shut_eye|shuteye|deep_sleep|rem_sleep|rem|kip, sleep|sleeping|slept|sleeps ~ "
        "poorly|rough|rubbish|dreadfully, sleep|slept|sleeping ~ "
        "piling_up|piles_up|catching_up_with_me|gone_to_pot|suffering|has_gone_out, "
        "only|just|barely|maybe|scraped|scraping|managed|about got|had|managed|slept|together|in|a ~ {few} hours, "
        "only|just|barely|managed|scraped ~ {few} hours ~ sleep|kip|shut_eye|night|rest|bed, {few} hours "
        "sleep|kip|shut_eye|of_sleep|of_kip|tops_last_night|max_last_night|in_bed, woke|wake|awake|waking|up ~ "
        "{few}|one|1|#|several|loads_of|many|umpteen|countless|dozen times, woke|wake|wakes|waking|awake|up ~ "
        "at|from|since|before ~ {few}|one|1|dawn|crack_of ~ and|couldnt|cant|again|wide|every|in_the_morning?, "
        "woke|waking|wake|awake|up ~ too|way|far|so|stupidly|ridiculously early, early start, woke|wake|waking ~ "
        "every|each hour|half_hour|two_hours|couple_of_hours, woke|wake|waking ~ "
        "tired|exhausted|knackered|shattered|unrefreshed|groggy|drained|wrecked, "
        "cant|couldnt|cannot|didnt|wont|struggle*|struggling|trouble|hard|ages|hours ~ "
        "fall|get|stay|drop|nod|falling|getting|staying|dropping|drift ~ asleep|to_sleep|off|back_to_sleep, "
        "lay|lying|laid ~ awake|there_awake, stared|staring|watched|watching ~ ceiling|clock, "
        "sofa|couch|floor|airbed|camp_bed|futon|tent ~ slept|sleeping|bed ~ badly|uncomfortable|terrible, "
        "slept|sleeping|spent_the_night on|in ~ sofa|couch|floor|airbed|airport|car|chair COMMA? ~ "
        "badly|awful|terrible?, too|so hot|cold|warm|noisy|loud|stuffy|bright|light|wired|stressed|excited ~ to "
        "sleep, night ~ was|is ~ "
        "short|rough|broken|nightmare|disaster|awful|terrible|hell|long|restless|horrible|bad, "
        "broken|interrupted|disturbed|restless|rough|rubbish|wakeful|patchy|horror|shocking|dire|grim|"
        "stinker_of_a night, sleepless night*, run|running on ~ {few} hours, running|surviving|functioning on ~ "
        "no|little|zero sleep, sleep ~ tracker|score|app ~ bad|low|red|poor|terrible|awful|says, behind|short|down "
        "on ~ sleep, sleep ~ catch up ~ on, need|needed to catch_up on ~ sleep, eyes ~ matchsticks|open_all_night, "
        "sleep|recovery score ~ LOW, up and down ~ night|loo, awake ~ at night, up ~ nights|hours ~ with ~ "
        "{kid}|dog|cat, up most nights, not|hardly|barely|cant|never sleeping, bed ~ "
        "lumpy|uncomfortable|rock_hard|saggy, slept|sleeping on a ~ couch|sofa|floor"
    ),
    "sleep:good": (
        "finally|at_last|had|got|managed ~ full|whole|proper|decent|good|solid|unbroken|uninterrupted|great|lovely "
        "night|nights|kip|sleep, full|whole|solid|proper|unbroken|uninterrupted|decent|cracking|lovely night ~ "
        "sleep|rest|kip|behind_me|finally?, got|had|managed|clocked|banked|did|with|a ~ {many} ~ hours, {many} ~ "
        "hours ~ sleep|kip|shut_eye|of_sleep|in_bed, solid|full|good|straight|unbroken|whole|proper ~ {many} ~ "
        "hours, {many} solid|full|good|straight hours, no|without|zero "
        "wake_ups|wakeups|waking|wakings|interruptions, didnt|never|did_not wake|woke|stir ~ "
        "once|up|all_night|until|till|at_all, without waking, {kid} ~ slept|sleeps|sleep through COMMA?, "
        "woke|wake|waking|got|up ~ up? ~ rested|refreshed|fresh|recharged|restored|like_new|before_the_alarm_and, "
        "feel|feeling|felt|am|im ~ rested|refreshed|recharged|well_rested, cant|cannot|no complain|complaints ~ "
        "night|sleep, nap|napped|napping|siesta ~ COMMA? ~ "
        "great|lovely|good|helped|wonderful|bliss|worked|wonders|fixed, had|took|managed|snuck|sneaked ~ nap, "
        "sleeping|slept|sleep|sleeps ~ better|brilliantly|beautifully|soundly|wonderfully|peacefully, "
        "couldnt|could_not have slept better|longer, slept|sleeping ~ like a|an|the ~ "
        "baby|log|rock|stone|king|queen|dream|lamb|dead|teenager|bear|dormouse|angel, slept|sleeping ~ "
        "through|in|til_noon|straight_through, head ~ hit|touched the pillow, dead to the world, out|asleep ~ "
        "before|soon_as ~ pillow, sleep ~ been|was|is|got|getting|has ~ "
        "good|great|fine|better|solid|improving|improved|spot_on|on_point, caught|catching|catch up on ~ sleep, "
        "early night ~ helped|did|paid|worked?, lie in, sleep ~ score|quality ~ great|good|high|best|90|9#|8#, "
        "sleep score ~ HIGH, nights ~ are ~ better|peaceful|quiet|calm|restful, nights are fine|good|great|ok"
    ),
    "fatigue:": (
        "so|too tired ~ could|to ~ cry|sleep|weep|think|talk|cook|move|eat, "
        "everything|running|stairs|walking|easy|pace|jogging|runs|run|it ~ "
        "feel|feels|is|feeling|felt|felt_like|seems|was ~ an?|like? ~ "
        "effort|hard_work|everest|uphill|slog|treacle|mud|wading|struggle|mountain|marathon|walking_through, "
        "easy|normal|usual|same|slow pace|run|runs|loop|jog ~ feel*|is|was|felt ~ {hard}, pace ~ feel*|is|felt ~ "
        "{hard}, drag*|hauling|hauled|pushing|forced|forcing ~ myself ~ "
        "through|around|out|up|along|to|off|home|round|upstairs|from, dragging my|me ~ "
        "feet|heels|body|legs|backside?, through treacle|mud|molasses|sand|porridge|concrete, "
        "heart_rate|hr|pulse|hrv|resting_heart_rate|resting_hr|resting_pulse ~ "
        "higher|up|elevated|raised|low|down|in_the_basement|dropped|tanked|plummeted|crashed ~ "
        "than_usual|than_normal|today|lately|again|this_week|on_easy_runs|for_days|#, hrv ~ "
        "low|down|rock_bottom|basement|tanked|dropped|plummeted|crashed|poor|bad|red, "
        "body_battery|readiness|recovery|training_readiness|recovery_score ~ "
        "low|red|poor|zero|empty|down|#|is|single_digits, "
        "no|zero|not_much|little|lost_the|lost_my|lost|less|lack|lacking "
        "spring|zip|pop|bounce|pep|zest|spark|snap|power|energy|oomph|strength ~ in|left ~ "
        "legs|step|stride|me|muscles|tank, no|little|not_enough|low_on|out_of|low "
        "gas|fuel|petrol|juice|steam|energy|battery|beans, "
        "worn|wore|wiping|wiped|wears|wearing|taken|took|takes|drain* ~ me|it ~ out|out_of_me|it_out_of_me, "
        "looking_after|caring_for|work|kids|heat|job|travel|week|training ~ "
        "worn|wore|wiped|taken|took|drain*|knackered|exhausted ~ me|it|everything ~ out|out_of_me?, "
        "body|legs|muscles|everything ~ begging|crying_out|screaming|asking|needs|need|want|wants ~ "
        "break|rest|day_off|sleep|recovery|mercy|holiday, taken|takes|took|taking its toll, takes|taken|took "
        "a|its|some ~ lot_out_of|toll, could|can nap|sleep ~ now|today|week|standing|anywhere|already|all_day, "
        "need|needed|want|wanted|fancy ~ nap, could nap|sleep|doze, not|isnt|hardly exactly|quite|really? "
        "bursting|full|overflowing|brimming with|of energy|beans|life, not|hardly|nowhere ~ "
        "fresh|sprightly|lively|energetic|rested|recovered|firing|recharged, "
        "not|havent|hasnt|never|still_not|yet_to ~ recover*|bounced_back|recharged, still ~ "
        "feel*|am|recovering|feeling|carrying|paying ~ from|for ~ "
        "race|marathon|run|week*|session|sunday|saturday|yesterday|intervals|it|half|ultra|block, "
        "im|feel|feeling|felt {very}? spent|cooked|toast|knackered|shattered|drained|wiped|wrecked|pooped|"
        "beat|jaded|weary|done_in|zapped|battered|leggy|lifeless|sleepy|drowsy|leaden|depleted|fried|"
        "like_a_zombie, eyes ~ closing|shut|heavy|closed|open|drooping|matchsticks, yawn* ~ "
        "all_day|nonstop|constantly|through, legs ~ "
        "are|feel|felt|were|is|like|turned|made_of|wont|dont|didnt|refuse*|refusing|have|had ~ "
        "heavy|dead|tired|empty|gone|lead|jelly|concrete|wood|wooden|stone|bricks|tree_trunks|cement|"
        "sandbags|cooked|shot|toast|nothing|spaghetti|noodles|mush|flat|weary|leaden|knackered|done|trashed|"
        "spent|go|turn_over|move|work|ache|want_to|logs|anchors|weights|drained|exhausted|lifeless|on_strike, "
        "two|three|#|all|few|couple_of nights|days|weeks of no_energy|low_energy|exhaustion|tiredness, "
        "hit|hitting|running|ran|bumped into|a|the ~ wall, tank|battery|batteries|akku|fuel|energy|gauge|reserves ~ "
        "is|are|at|on|feels|running|was ~ empty|zero|low|flat|red|dead|gone|drained|nil|five_percent|#, "
        "need|needs|needed|require to? ~ recharge|recharging|recovery, overtraining|overreaching, fell|falling|fall "
        "asleep ~ at|on|in|during ~ desk|dinner|sofa|couch|meeting|train|table|bus|work, cant|couldnt|hardly|barely "
        "~ keep|get|lift|pick|put|stay|drag ~ my_eyes_open|up_the_stairs|off_the_sofa|off_the_couch|my_feet|"
        "my_legs|one_foot|awake|out_of_bed|out_of_the_chair|upright, wrung out, squeezed dry, limp lettuce|rag, "
        "like a ~ dishcloth|dishrag|rag|corpse|slug|snail|sloth|zombie|old_man|old_woman|pensioner, wet "
        "rag|lettuce, drag* ~ me under, taking it out of me"
    ),
    "fatigue:sore": (
        "sore|stiff|achy|aching ~ from|after ~ gym|race|hills|squats|yesterday|weights|session|intervals|"
        "leg_day|strength|marathon|long_run|workout|lunges, everything|whole_body|all_my_muscles|muscles ~ "
        "sore|ache*|aching|stiff|achy, can|could hardly|barely|not ~ sit|stairs|walk ~ down|sit|stairs ~ "
        "squats|leg_day|doms, doms"
    ),
    "mood:bad": (
        "dog|cat|grandma|granny|grandad|grandpa|uncle|aunt|friend|nan|gran|hamster|pet|mum|dad|mother|father|"
        "brother|sister ~ died|passed_away|put_down|put_to_sleep|buried, lost my|our|a ~ "
        "dog|cat|grandma|grandad|uncle|aunt|friend|nan|gran|pet|mum|dad|mother|father|brother|sister, "
        "not|hardly|dont|havent|wasnt|never ~ feel|feeling|been|felt|quite|really? ~ myself, "
        "get|gets|getting|got|bring|brings|bringing|dragging|drags|pulling me down, bored|tired|sick of|with ~ "
        "running|runs|training|it_all|everything|all_this, "
        "confidence|self_esteem|morale|spirit|spirits|motivation|mojo|drive|enthusiasm|mood ~ "
        "is|are|has|feels|was|hit|taken|took|in ~ shot|gone|low|zero|rock_bottom|knocked|knock|dented|broken|"
        "crushed|bad_place|wrong_place|basement|floor|gutter|lacking|missing|waning|bruised|hammering|"
        "not_in_it|isnt_in_it, whats|what|what_is ~ the point ~ anyway|of?, dont|cant|hardly|no_longer see the|any "
        "point, no point ~ in? running|training|anything|trying, dont see the point, could|need|needs do|use|a|some "
        "~ cheering|hug|pick_me_up|cuddle ~ up?, not|isnt|hardly|arent the|a|my? ~ "
        "happiest|cheeriest|chirpiest|sunniest|happy|cheerful|best ~ "
        "bunny|place|mood|headspace|person|camper|self|form|spirits|mindset, not|isnt|hardly ~ in ~ "
        "good|great|right|best|happy ~ mood|headspace|place|spirits|frame|mindset, "
        "dont|didnt|cant|no|hardly|lost|losing|struggle*|struggling|zero|lack* ~ "
        "enjoy|enjoying|joy|desire|motivat*|inspired|enthusiasm ~ ~ "
        "run*|training|it|anymore|lately|this|in|for|myself|today?, wanted|want|feel_like|could|felt_like|nearly "
        "to? ~ cry|crying|give_up|giving_up|quit|quitting|scream|hide|pack_it_in, "
        "feel|feeling|felt|im|am|been|pretty|a_bit|so|really|bit|quite|very|rather "
        "low|blue|down|flat_emotionally|sad|rubbish_about|lonely|hopeless|glum|teary|weepy|grumpy|irritable|"
        "gloomy|miserable|empty_inside|numb_inside|lost|defeated|worthless|useless|guilty|ashamed|moody|"
        "homesick|down_about|deflated|dejected|discouraged|demotivated|unmotivated|disheartened|fed_up|"
        "cheesed_off|tetchy|snappy|mopey, everything|life|world|it_all|running|training ~ feels|seems|is|looks ~ "
        "pointless|grey|bleak|black|hopeless|dull|joyless|rubbish|overwhelming_and_sad|meaningless, "
        "snapping|snapped|shouting|biting at ~ everyone|kids|people|everybody|heads_off, heads_off, cloud "
        "over|hanging|above ~ me|head?, black|dark|grey cloud|dog|mood|days|hole, under a cloud, "
        "winter|january|weather|darkness|lack_of_light|grey|rain ~ getting|gets|got|making|makes ~ me ~ "
        "down|sad|low|blue|miserable, everyone|everybody|others is|are ~ faster|fitter|better, my heart "
        "isnt|is_not|wasnt|not in it|running|training, going through the motions, not ~ feeling ~ the_love|it, "
        "hate|hating|resent ~ running|training|everything|myself|my_body|it_all, cant|couldnt|dont|hardly face ~ "
        "run*|session|day|world|training|anything|people|it|today, struggle*|struggling|battling|fighting ~ "
        "mentally|depression|my_head|mental_health|to_get_motivated|motivation|with_anxiety|anxiety|"
        "emotionally|demons, mental_health ~ bad|poor|not|rough|struggl*|dip|wobble, "
        "broke|break|breaking|broken|split|splitting up ~ with?, relationship|marriage ~ "
        "over|ended|ending|falling_apart, therapy|therapist|counsell* ~ heavy|rough|hard|drained, "
        "isnt|not|no|hardly|less ~ fun ~ anymore|lately|moment|now|these, running isnt|is_not fun, wrong side of ~ "
        "bed, mood ~ swings"
    ),
    "mood:good": (
        "love|loving|enjoy|enjoying|adoring ~ running|runs|training|life|it|every_minute|every_step|every_run ~ "
        "again|lately|moment|right_now, got|landed|won|getting ~ "
        "promotion|new_job|dream_job|the_job|engaged|job_offer, passed|aced|nailed ~ "
        "exam|exams|test|driving_test|interview|viva, smil*|grin*|beam* ~ "
        "ear_to_ear|all_day|like_a|ever_since|inside|nonstop, "
        "itching|raring|dying|desperate|keen|champing|chomping|eager|pumped|excited|cant_wait to|at ~ "
        "get|go|run|start|train|race|out|bit|roll|rumble|crack_on|hit ~ ~ out|going|again|started|the_road?, "
        "looking|look|looked forward to ~ run*|session|training|race|weekend|it|this|today|tomorrow|{day} ~ 's? "
        "run?, bring it on, bring on ~ run|race|miles|session|week|day|it?, lets|let_us|let_s go|do_this, "
        "feel|feeling|felt|im|spirits {very}? great|fantastic|amazing|brilliant|awesome|super|fab|"
        "unstoppable|invincible|wonderful|top|ace|strong|fresh|like_a_million|like_new|on_top_of_the_world|"
        "alive|positive|happy|good|ready|light|bouncy|springy|zippy|buzzing|fired_up|motivated|energised|"
        "energized|upbeat|cheerful|chirpy|confident|lucky|optimistic|proud|terrific, life|world ~ is|feels|looks ~ "
        "good|great|sweet|rosy|brilliant|wonderful|peachy|bright, best|happiest|great|good|brilliant|lovely ~ "
        "day|mood|week|spirits|vibes|headspace|place|form ~ in_ages|ever|in_months|all_round|mentally, on cloud "
        "nine, over the moon, full of beans|energy|life|joy|the_joys, spring in my step, walking on air, "
        "mojo|motivation|joy|spark|confidence|drive|love ~ is|are|has|have|come|came ~ "
        "back|returned|high|sky_high|through_the_roof, in|such ~ "
        "good|great|fine|high|cracking|brilliant|excellent|better ~ mood|spirits|form|place|headspace, "
        "nothing|noone|nobody|nothing_can can? stop|bring|get|dampen ~ me|mood|spirits ~ down?|today?, cant|couldnt "
        "stop|wipe ~ smiling|grinning|laughing|smile|singing, hap* ~ as ~ larry|clam|pig|lark"
    ),
}
_FIRST = {**DAY, **LIFE, **PLAN, **SIGNS}
TURNS = {
    tags: ", ".join(table[tags] for table in (_FIRST, MORE) if tags in table)
    for tags in dict.fromkeys([*_FIRST, *MORE])
}
