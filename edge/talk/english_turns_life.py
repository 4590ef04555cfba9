"""English turns of phrase for stress, shifts, health, the cycle, a pregnancy and eating too little.

The rule of this file: data alone, in the way of writing of `turns`.
"""

from __future__ import annotations

LIFE = {
    "stress:": (
        "work|job|boss|office|uni|school|deadline|deadlines|project|life|exams|thesis|clients|dissertation|"
        "renovation|divorce|paperwork|moving|planning|tax|admin ~ eating|killing|crushing|draining|"
        "swallowing|getting_on_top_of|driving|doing|wearing|grinding|breaking|burying ~ me|my_head ~ "
        "alive|mad|in|up_the_wall|insane|down|crazy?, big|important|final|tough|resit "
        "exam|exams|presentation|interview|pitch|deadline|audit|viva|test|review|meeting ~ "
        "tomorrow|today|week|coming_up|looming|friday|monday|due, exam|exams|presentation|interview|deadline|"
        "viva|audit|finals|coursework|dissertation|thesis|assignment|essay|tax_return|submission ~ "
        "is|are|tomorrow|looming|due|this_week|next_week|coming_up|approaching, juggl*|spinning|balancing ~ "
        "{num}|too|many|work|kids|jobs|projects|plates|everything|balls, cant|cannot|struggl*|barely|not "
        "keep|keeping ~ up|on_top|head_above ~ with|of|water, everything|it_all|all ~ is "
        "happening|coming|hitting|piling ~ at_once|together|up|me, fear*|scared|afraid|worried|might|about ~ "
        "losing|lose|lost ~ job|house|work, wedding|move|moving|house|renovation|divorce|kitchen|funeral|christmas "
        "~ planning|prep|plans|works|stuff|chaos ~ out_of_control|nightmare|mad|crazy|full_on|chaos|taking_over, "
        "torn|pulled ~ apart|between|directions|pieces, to do list, list ~ "
        "endless|growing|longer|miles_long|never_ends, shoulders ~ up|by ~ ears, jaw ~ clenched|clenching|grinding, "
        "grinding ~ teeth ~ night|work, nerve|nerves ~ "
        "frayed|shot|fried|shredded|raw|in_tatters|on_edge|wreck|jangling, fried|frayed|frazzled|shredded|shot ~ my "
        "nerves, court ~ date|case|hearing|next_week|tomorrow, doing|does|did my head|nut in, plates|balls ~ "
        "spinning|air, close|near|nearing|edge|verge|heading|point|brink|approaching to|of|for|towards? ~ "
        "burnout|burning_out|breakdown|breaking|snapping|meltdown, could|can do without ~ "
        "pressure|stress|hassle|drama, pressure ~ cooker|mounting|building|on_me|all_around|at_work, under ~ "
        "pressure|the_cosh|the_pump|the_gun, all this|that|the pressure|stress|hassle, up to my ~ "
        "eyes|ears|eyeballs|neck|elbows, drown*|buried|swamped|snowed|sinking|inundated ~ in|under|with|at ~ "
        "work|paperwork|emails|deadlines|marking|admin|it|debt|everything, inbox|emails|phone ~ "
        "exploding|overflowing|nonstop|never_stops|hundred*|#|wont_stop, cant|couldnt|cannot|hard|struggl* ~ "
        "relax|unwind|switch_off|think_straight|concentrate|focus|breathe_at_work|calm_down|sit_still|wind_down, "
        "mind|head|brain ~ racing|all_over|full|spinning|buzzing|overloaded|everywhere|elsewhere, too much|many ~ "
        "on|going_on|to_do|my_plate|at_once|work|things|happening, lot|lots|loads|so_much|much|heaps|plenty "
        "on|going_on ~ at|right_now|lately|plate?, work ~ is|has|s ~ been? ~ "
        "mad|crazy|hectic|manic|full_on|nuts|bonkers|brutal|insane|mental|chaos|chaotic|hell|nightmare|"
        "nonstop|relentless|intense|busy|stressful|tough|overwhelming|hell_on_earth, "
        "boss|manager|landlord|ex|mother_in_law|client|clients|teenager|kids|in_laws ~ "
        "on_my_back|on_my_case|breathing|shouting|screaming|bully*|nightmare|fuming|furious|demanding|"
        "difficult|hassl*|up_the_wall|climbing|hounding|micromanag*|driving_me, dumped|piled|landed|loaded ~ on me, "
        "moving|move|moved house ~ this|next|in|on|tomorrow|week|soon|stress*|and|boxes?, house move*, "
        "rows|row|arguing|argued|argument*|fight*|falling_out|fell_out ~ with ~ "
        "partner|wife|husband|boss|mum|dad|family|boyfriend|girlfriend|sister|brother|neighbours|teenager|"
        "other_half|my_ex, money|rent|mortgage|bills|debt|debts|finances ~ "
        "worr*|tight|stress*|problem*|pile*|piling|keep*|short, caring|care|looking_after|nursing ~ for? ~ "
        "mum|dad|mother|father|parent|parents|gran|nan|wife|husband|sick, "
        "mum|dad|mother|father|wife|husband|son|daughter|kid|gran ~ in|rushed_to|into "
        "hospital|hospice|intensive_care|a_and_e, "
        "redundan*|laid_off|sacked|layoffs|restructuring|divorc*|custody_battle|job_hunt*|between_jobs, about "
        "to|gonna|going_to ~ snap|explode|lose_it|crack|burst, lost|losing|lose my|the ~ "
        "rag|temper|mind|cool|marbles|plot, feel*|am|im|so|very|bit|really|pretty "
        "anxious|stressed|overwhelmed|tense|wired|frantic|jittery|panicky|uptight|on_edge|wound_up|frazzled|"
        "swamped|under_pressure|keyed_up|worked_up|nervous|antsy, last straw, stress ~ "
        "level*|through_the_roof|high|getting|eating|piling|building|mounting|off_the, not|hardly|no|havent ~ "
        "minute|moment|second ~ myself|breathe|spare|peace|free, running|run around like headless, firefighting at "
        "work, at my wits|wit|tether ~ end, end of my tether|rope, hanging on by a thread, juggling act, one thing "
        "after another, all hands on deck, month|year|quarter|financial end ~ work?, driving|drives|drove ~ me ~ "
        "mad|crazy|up_the_wall|bonkers|insane|nuts|round_the_bend, all|its|everything ~ bit|too|so much, "
        "rowed|argued|arguing|fell_out|fought|clashed|quarrel* with my|the"
    ),
    "shift_work:night": (
        "clock*|knock*|finish*|get*|got|come|coming|came|off|home|back ~ off|work|in|home|shift at|from|until ~ "
        "five|six|seven|5|6|7|5am|6am|7am|am ~ in_the_morning|am|this_morning, finish work at ~ am, "
        "first|second|third|fourth|last|another|next night of ~ {num}, {num} nights "
        "in_a_row|on|running|straight|on_the_trot|left|to_go|down|of_work, "
        "on|working|work|works|doing|do|did|did_my|finished|started|back_on|off|come_off|coming_off|"
        "put_me_on|onto|straight_off my|these|more? nights, "
        "drive|driving|work*|stacking|patrol*|guard*|bak*|nurs*|deliver* ~ "
        "overnight|through_the_night|all_night|at_night|nights|till_dawn|until_dawn|from_two|from_three|"
        "from_midnight, bar|club|kitchen|pub|restaurant|hotel|door|security work|shift|job ~ till|until|to ~ "
        "two|three|four|1|2|3|4|late|midnight|closing, bak* from ~ in the morning, sleeping|sleep|slept|bed ~ "
        "day|daytime|daylight ~ nights|shift|work, red_eye ~ crew|duty, cabin crew, overnight|overnights ~ at|in|on "
        "~ warehouse|hospital|ward|work|factory|station|hotel|call, night ~ "
        "nurse|porter|watchman|guard|duty|desk|rota|roster, up all night ~ working|at_work|on_shift|on_call, "
        "from|between nights to|and days, after|before|around|coming_off nights, days to nights, nights to days"
    ),
    "shift_work:late": (
        "on|stuck|doing|working|got|back ~ late|lates|evening|closing ~ turn|shift|shifts|rota|one|this_week, "
        "work*|finish* till|until|at ~ ten|eleven|midnight|10|11|22|23 ~ tonight|every|this_week|all_week|pm|all"
    ),
    "shift_work:early": (
        "on|stuck|doing|working|got|back ~ early|earlies|opening ~ turn|shift|shifts|rota|one, "
        "work*|start*|begin*|clock* ~ at|from|in ~ four|five|4|5|4am|5am|half_four|half_five, six to|till|until "
        "two, 6 to|- 2 ~ this"
    ),
    "shift_work:": (
        "{num} on {num} off, {num} on COMMA {num} off, {num} days on, on duty ~ "
        "until|till|tonight|all|tomorrow|weekend|this|24, shift ~ "
        "extended|overran|ran|swapped|longer|changed|doubled|dragged, got|getting|been|was "
        "called|paged|bleeped|summoned in|out, called in ~ last_night|tonight|on_my_day_off|early|again, on call, "
        "double|triple|split|twelve_hour|12_hour|24_hour|13_hour|long shift|shifts|day_shift, "
        "shift|shifts|rota|roster ~ all_over|changing|changes|keeps|pattern|rotat*|mess|chaos|kills|killing, {num} "
        "~ shifts ~ left|to_go|in_a_row|this_week|back_to_back|down, days ~ then nights, nights then days, back to "
        "back shifts, covering ~ shift*|colleague*|someone|nights, swapp* ~ shift*, on ~ ward ~ "
        "till|until|tonight|all, my ~ rota|roster|shifts ~ chang*|moved|swapped, day|days|double|weekend on ~ "
        "ward|duty|call, work* ~ around my shifts, around my shifts, {num} till|to|until {num} "
        "all_week|shift|shifts|rota|every_day"
    ),
    "illness:": (
        "whole|entire family|house|household|office ~ has|have|is|are|got|down ~ "
        "sick|ill|down|norovirus|bug|flu|covid|cold|it|lurgy, {folk}|{kid}|office|colleague*|someone|nursery|school "
        "~ gave|passed|giving|given|brought ~ me|us|home|on ~ cold|bug|flu|lurgy|virus|it|germs|something|covid, "
        "shiver*|achy|aching|sweaty|shaky|clammy ~ and|COMMA ~ achy|aching|shiver*|shivery|feverish|sweat* ~ "
        "all_over?, woke|feel*|felt ~ "
        "iffy|shivery|off_colour|grotty|ropey|ropy|crummy|peaky|manky|rotten|yucky|fluey, achy|aching|sore|stiff "
        "joints|bones, joints ~ ach*|sore, "
        "fight*|battl*|brew*|cook*|coming_down|going_down|shak*|catching|caught|got|picked_up|picking_up|sicken* ~ "
        "something|bug|virus|infection|lurgy|flu|it|cold_off|with_something, "
        "got|have|had|has|ive|with|caught|recovering|over|still ~ tonsillitis|sinusitis|bronchitis|pneumonia|"
        "shingles|norovirus|strep|mono|chickenpox|measles|pneumonia|conjunctivitis|laryngitis|infection|"
        "gastro|virus|bug|lurgy|hand_foot, laid|stuck|confined ~ bed|up|low ~ with?, spent ~ day|night|weekend "
        "in|on bed_ill|bed_with|loo|toilet|bathroom, glands ~ up|swollen|tender|like_golf, ear|ears|sinus*|tooth ~ "
        "infect*|blocked|throb*, signed off, off work|sick, called in sick, day|days off sick, not ~ {num} "
        "percent|100, not|still_not|hardly ~ over|rid_of|shaken|shifted ~ cold|virus|flu|bug|infection"
    ),
    "illness:cold": (
        "throat ~ feel*|is|felt|was|got|like|s ~ "
        "scratchy|sore|raw|sandpaper|razor*|tickl*|rough|on_fire|glass|itchy|burning|prickly|swollen, "
        "scratchy|sore|raw|tickly|rough|bad throat, nose ~ "
        "run*|blocked|stuff*|stream*|drip*|tap|snotty|bunged|congested|full, runny|blocked|stuffy|streaming|snotty "
        "nose, cant|couldnt|dont ~ stop ~ sneez*|cough*, sneez* ~ all|nonstop|constantly|like|fit|fits, cough* ~ "
        "all|wont|nonstop|again|lung*|like|at_night|since|keeps|chest, voice ~ gone|lost|croak*|hoarse, lost my "
        "voice, with_a|got_a|have_a|caught_a|stinking|rotten|nasty|bad|my|same_old cold, cold ~ "
        "lingering|wont_shift|coming_on|brewing|on_my_chest|gone_to_my|still_there, full of cold|snot, "
        "bunged|stuffed|blocked up, head ~ stuffed|bunged|fuzzy_with, tissues|tissue|hankies ~ "
        "everywhere|box|mountain"
    ),
    "illness:fever": (
        "running|got|have|had|spiked|with ~ temperature|fever|temp, temp|temperature|thermometer ~ "
        "FEVER|thirty_eight|38|39|up|high, ^ FEVER ~ this_morning|degrees|deg|last_night|today|and|temp*|fever, hot "
        "and|then cold, shivery|shivering|chills|sweats ~ night|bed|all|and|since|fever, burning up"
    ),
    "illness:stomach": (
        "stomach|tummy|gut|guts|belly|insides|bowels ~ upset|bug|off|dodgy|rumbl*|churn*|bad|knots|turmoil|"
        "not_right|in_bits|playing_up|liquid|delicate|funny|queasy|cramping_and, been|was|being|feel*|up ~ "
        "sick|throwing_up|vomiting|puking ~ all|night|twice|since|after|this, loo|toilet|bathroom ~ "
        "every|all|nonstop|running|stuck|times, living|stuck|sat|camped ~ on ~ loo|toilet, "
        "food|oysters|takeaway|curry|prawns|chicken ~ poison*|disagreed|off|dodgy, cant|couldnt|wont keep ~ down, "
        "the runs|trots|squits"
    ),
    "illness:covid": (
        "tested|test ~ positive, covid, two lines ~ test|covid, positive ~ lateral|lft|covid"
    ),
    "medication:": (
        "dose|dosage|prescription|meds|medication|tablets|pills ~ "
        "doubled|increased|changed|upped|lowered|halved|raised|reduced|switched|adjusted, "
        "forgot|missed|skipped|took|take|taking|taken|need|swallowed|popped|popping|downed|on|started|"
        "stopped|finished|necking|need_my|given|prescribed ~ pill|pills|tablet|tablets|dose|meds|capsule|"
        "capsules|spray|inhaler|drops|medicine|medication|antihistamine*|injection|jab|steroids|statins|"
        "supplements|iron|insulin|hrt|painkiller*|ibuprofen, sleeping ~ tablet|tablets|pill|pills, "
        "doc|doctor|gp|psychiatrist|consultant|specialist|dentist|nurse|vet ~ "
        "put|prescribed|started|gave|switched|upped ~ me ~ on|new|some|something, side effects, coming off ~ "
        "meds|medication|antidepressants|steroids|tablets, flu|covid|tetanus|booster|vaccine|travel "
        "jab|jabs|shot|shots|vaccination, puff|puffs ~ inhaler|ventolin, course of ~ "
        "antibiotics|steroids|tablets|pills|penicillin, patch ~ nicotine|hormone|hrt, nicotine patch|patches, "
        "taking|take|gave|given|prescribed|on something ~ for ~ nerves|it|pain|sleep|anxiety|back|stomach|this, "
        "allergy|hayfever|thyroid|iron|heart|pressure|cholesterol tablets|pills|meds"
    ),
    "cycle:period": (
        "heavy|light|heaviest flow|bleed|bleeding|period, flow ~ heavy|light|crazy|bad, due on ~ "
        "any|soon|today|tomorrow|now, came|come|just_came|started|coming on ~ this "
        "morning|today|yesterday|overnight|last_night|early $, that|its|thats time ~ again|of_month|of_the_month, "
        "ladies|womens|women|girl|lady|female|womans|woman ~ troubles|problems|issues|stuff|things|days|week, "
        "bleed*|spotting ~ lasted|for|since|cycle|between ~ days?, mid cycle, usual|the|my monthly|monthlies, "
        "tampon*|moon_cup|mooncup|menstrual_cup|sanitary_towel|period_pants, new|my|another|next|this cycle ~ "
        "started|starts|begins|day|begun, crimson wave|tide, painters ~ in, the curse, day one|two|three|1|2|3 ~ of "
        "~ period|cycle, red army|tent, always|usually|so|really ~ weak|tired|rubbish|slow|rough|sluggish|heavy ~ "
        "on day one|1|two|2, monthly ~ visitor|curse|friend|thing|hell, aunt|auntie flo*, hormones ~ "
        "all_over|raging|mental|up|haywire|crazy|everywhere, hormonal, on ~ my|the ~ rag|blob, period ~ "
        "is|has|just|finally|due|came|arrived|early|heavy|week|tomorrow|today|again|coming|started|finished|"
        "over|on_its, bleed* heavily|lots|loads|heavier, coil ~ fitted|removed|in|out|cramping|changed, implant ~ "
        "fitted|removed"
    ),
    "cycle:cramps": (
        "day one|two|1|2 COMMA? ~ cramp*, tummy|stomach|belly|period|womb|lower|uterus|menstrual|monthly ~ "
        "cramp*|pain|pains|ache ~ COMMA? ~ hot_water_bottle|period|time_of|monthly, cramp*|crampy ~ and|COMMA ~ "
        "bloat*|crabby|pms|period|monthly, bloat* ~ and|COMMA ~ cramp*|crampy, period|menstrual|monthly ~ "
        "cramp*|pain|pains|ache, cramps ~ doubled|floored|from_hell"
    ),
    "cycle:pms": (
        "pmt, pms, breasts|boobs ~ sore|tender|swollen|ache*|aching|hurt*|heavy, sore|tender|swollen breasts|boobs, "
        "week|day|days before ~ period, premenstrual, bloat* ~ due, due ~ bloat*, pre period"
    ),
    "cycle:menopause": (
        "menopause|perimenopause|perimenopausal|peri|menopausal ~ COMMA? ~ "
        "flood*|again|sweats|flush*|flash*|kicking|brain, hot flush*|flash*, night sweats ~ "
        "menopause|again|hormones, the change of life, change of life"
    ),
    "pregnancy:pregnant": (
        "bun in ~ oven, due ~ date, due in ~ "
        "weeks|months|january|february|march|april|may|june|july|august|september|october|november|december, "
        "morning sickness, pregnan* ~ nausea|sick*|symptoms|brain|glow, "
        "twins|triplets|baby|little_one|number_two|second_child on|is ~ way, ^ week # $, ^ # weeks $, eating for "
        "two, in the family way, knocked up, up the duff|spout|stick, ivf|embryo|iui|fertility ~ "
        "transfer|round|treatment|cycle|drugs, ivf, baby|babys|little_one|he|she is? ~ kicking|kicks|kicked, scan ~ "
        "weeks|week, round ligament, pelvic girdle pain?, my|baby|this bump, baby? bump ~ "
        "growing|bigger|in_the_way|getting|showing|support, ^ ~ {num} months|weeks gone, im {num} weeks|months "
        "gone|along, late ~ test ~ positive, test is? positive, trying ~ for ~ baby|conceive, ttc, trimester, "
        "expecting ~ in|our|my|a|twins|and|number, midwife ~ "
        "run|running|exercise|jog|advis*|train*|visit|appointment|thinks, {num} weeks ~ "
        "pregnant|along|to_go|today_and, obstetrician|ob|antenatal ~ "
        "said|says|cleared|happy|class|ok|fine|appointment|check, heartburn ~ third_trimester"
    ),
    "pregnancy:postpartum": (
        "pelvic floor, diastasis, maternity leave, {kid}|baby|babys is ~ {num} weeks|months|days ~ old?, {num} "
        "weeks|months ~ post|after|since ~ birth|baby|section|delivery|partum|giving, c|caesarean section, "
        "stitches|scar ~ delivery|birth|section|caesarean ~ sore|hurt*|pull*|itch*|still? ~ sore?, since|after ~ "
        "birth|baby|delivery|giving_birth|section|caesarean|labour, had ~ miscarriage, miscarr*, stillb*, six week "
        "check, postnatal, newborn ~ at_home|here|now|arrived, lochia"
    ),
    "pregnancy:breastfeeding": (
        "pump* ~ hours|milk|work|times|bottle*, feed* ~ baby|newborn|little_one ~ "
        "myself|on_demand|hours|every|times, breast* feed*, mastitis, milk ~ "
        "supply|coming_in|leaking|came_in|let_down, night feeds, nursing ~ baby|newborn|bra|every|little_one|still, "
        "leaky boobs, wean* ~ baby|little_one|him|her"
    ),
    "red_s:no_period": (
        "lost|missing|missed|skipped|no|without|havent_had ~ my|a|any? cycle|period|periods|bleed ~ "
        "altogether|months|since|again|weeks|in_a_row|year|third_time|completely, cycle|period|periods|bleed ~ "
        "vanished|disappeared|stopped|stayed_away|gone|went_away|missing|dried_up|never_came|absent|not_come|"
        "hasnt_come|not_returned|hasnt_returned|didnt_come|hasnt_shown|on_strike|irregular|not_back, "
        "stopped|not|havent|hasnt|no_longer ~ menstruat*|bled|bleed*|getting_my_period|had_a_period ~ "
        "weight|months|year|weeks|since|for|in, is_it_normal ~ my period|periods ~ stop*|gone|missing|stay*, # "
        "months without ~ period|bleed, {num} months without ~ period|bleed, period ~ months|year ago"
    ),
    "red_s:eating_less": (
        "living|surviving|existing|run|running|live on ~ "
        "coffee|salad|air|lettuce|celery|rice_cakes|caffeine|diet_coke|gum|apples|crackers|cucumber, feel*|felt ~ "
        "guilty|bad|fat|disgusting ~ eat*|food|meal*|ate, guilt* ~ eat*|food|meal|dinner, "
        "allow*|limit*|stick*|restrict*|under|max ~ # calories|kcal|cals, # calories ~ a_day|max|only, calories ~ "
        "under|below #, struggl*|hard|trouble|difficult*|not|cant|couldnt|dont|never|forget|hardly|barely ~ "
        "eat*|get|eating|take|ate|fuel|eaten ~ "
        "enough|calories_in|food_in|calories|properly|most_days|anything|full_meals|a_thing|a_proper, "
        "forget|forgot|forgetting|refuse|scared|afraid|too_busy|too_stressed|too_tired ~ to eat ~ "
        "properly|lunch|most_days|much?, train*|run*|ran ~ on ~ empty_stomach ~ always|every|daily?, fast* ~ "
        "before|every|all ~ runs|run|day, low energy availability, skip*|miss*|cut*|drop*|no ~ "
        "breakfast|lunch|dinner|meals|tea|carbs|food_groups|fat ~ "
        "again|days|most|every|daily|completely|out|mostly|altogether, no appetite ~ "
        "days|weeks|lately|at_all|since?, appetite ~ gone|zero|vanished|disappeared|lost, lost my appetite, "
        "hungry|starving all|constantly|at_night|but, obsess* ~ food|calories|weight|eating, "
        "binge*|purge*|purging|bingeing ~ again|after|and, food ~ scares|rules|fear|enemy|anxiety, weigh* "
        "every|each ~ gram|meal|morning_twice, always|constantly ~ cold ~ hungry|tired|and, eating ~ like ~ "
        "bird|sparrow, not ~ fuelling|fueling|eating ~ enough|properly|for?, make|making|made myself "
        "sick|vomit|puke|throw_up ~ after|again, earn|deserve|burn_off ~ "
        "food|dinner|meal|meals|calories|treat|cake, only eat|ate|eating ~ if|when|after|once ~ "
        "run|ran|trained|running, dinner|lunch|breakfast|tea was|is|just|only ~ "
        "rice_cake|apple|coffee|lettuce|cracker*|salad|nothing|yoghurt|banana"
    ),
    "red_s:weight_loss": (
        "wast* away, fading away, skin and bone*, rib|ribs|bones|spine|collarbones|hip_bones ~ "
        "show*|visible|see|count|stick*|poke*, clothes|jeans|trousers|kit|shorts ~ hang*|fall*|swim*|loose|too_big, "
        "down to # kilos|kg|pounds|lbs ~ unintentionally|without|not|and_dropping|accident*, weigh*|weight ~ "
        "less|dropping|falling|plummet*|down ~ "
        "every|each|week|worr*|without|unintended|not_trying|and_i_dont|dont_want|though|scar*, scale|scales ~ "
        "dropping|falling|down|less|drop* ~ COMMA? ~ not|without|unwanted|dont|worr*|never, "
        "losing|lost|dropped|shed* ~ weight|kilos|kg|pounds ~ "
        "without|unintentionally|not|dont_want|not_meaning|and_cant_stop|too_fast|too_much, weight ~ wont|cant ~ "
        "stay_on|stay|keep, cant|couldnt keep|hold ~ weight on, bmi ~ under|below|is|of|down ~ #, "
        "everyone|everybody|people|mum|friends|partner|doctor|coach ~ says|say|think*|told|comment*|worried ~ "
        "too|so|very thin|skinny|bony|gaunt|underweight, too|so|getting|very|look|looking|painfully "
        "thin|skinny|bony|gaunt|underweight|scrawny|emaciated"
    ),
    "red_s:stress_fracture": (
        "bone|stress|shin|foot|metatarsal|hip|sacral ~ fracture*|reaction ~ again|second|third|another|last?, "
        "keep*|another|third|second|always ~ bone|bones|stress ~ injur*|break*|fracture*|reaction*, keep* ~ "
        "breaking ~ bones|bone, dexa|bone density|bone_scan|bone_density ~ "
        "low|poor|bad|osteop*|down|thin|weak|old|like, bones ~ brittle|weak|thin|fragile|break*"
    ),
    "red_s:": (
        "low testosterone|libido|sex_drive|ferritin_and, no|zero|lost|little|gone libido|sex_drive|morning_wood, "
        "libido|sex_drive|testosterone ~ gone|zero|low|vanished|rock_bottom|dead|down|tanked, morning ~ "
        "erections|wood ~ gone|stopped|vanished|no_more|disappeared, hair ~ falling|thinning|coming ~ out?, nails ~ "
        "brittle|breaking ~ hair|cold|tired, downy hair, lanugo, always|constantly|permanently ~ injured|ill ~ and "
        "~ thin|hungry|tired"
    ),
    "AREA:head HURT": (
        "head ~ thump*|pound*|split*|throb*|bang* ~ hungover|today|since|all_day"
    ),
}
