"""The German words for health, plans, wishes and asking, and the small words that join a sentence.

The rule of this file: data alone, as in `german`.
"""

from __future__ import annotations

LIFE = {
    "medication:beta_blocker": (
        "betablocker, beta blocker, betablockern, metoprolol, bisoprolol, propranolol, atenolol, "
        "nebivolol, carvedilol, "
        "herzmedikament*, herztabletten, blutdrucksenker beta, beloc"
    ),
    "medication:antibiotic": (
        "antibiotika, antibiotikum, amoxicillin, penicillin, doxycyclin, azithromycin, cefuroxim, "
        "clarithromycin, antibiose, amoxi, cotrim"
    ),
    "medication:antibiotic_quinolone": (
        "ciprofloxacin, cipro, levofloxacin, moxifloxacin, ofloxacin, fluorchinolon*, chinolon*"
    ),
    "medication:painkiller": (
        "ibuprofen, ibu, ibus, schmerztablette, schmerztabletten, schmerzmittel, paracetamol, aspirin, diclofenac, "
        "voltaren, naproxen, novalgin, schmerzmitteln, kortisonspritze, tramadol, ass, tilidin, schmerzgel, "
        "entzuendungshemmer, schmerzsalbe, cortisonspritze, diclo, thomapyrin, dolormin, schmerzpille*"
    ),
    "medication:blood_thinner": (
        "blutverduenner, blutverduennern, marcumar, xarelto, eliquis, heparin, gerinnungshemmer, thrombosespritze*, "
        "phenprocoumon"
    ),
    "medication:": (
        "medikament, medikamente, tabletten, tablette, medizin, arznei*, antihistamin*, insulin, statine, statin, "
        "antidepressiv*, kortison, cortison, inhalator, schilddruesentabletten, l thyroxin, thyroxin, "
        "blutdrucksenker, "
        "blutdruckmittel, blutdrucktabletten, asthmaspray, entwaesserungs*, ssri, prednisolon, ritalin, ace hemmer, "
        "medikamenten, rezept, citalopram, sertralin, allergietablette*, cetirizin, wassertabletten, schlaftablette*, "
        "schlafmittel, ozempic, levothyroxin, pillen"
    ),
    "pregnancy:pregnant": (
        "schwanger, schwangerschaft, schwangerschaftswoche, ssw, trimester, trimenon, erwarte ein kind, erwarte ein "
        "baby, erstes trimester, zweites trimester, drittes trimester, wir erwarten, in anderen "
        "umstaenden, babybauch, "
        "schwangerschaftstest, schwangere, ein kind erwarte, guter hoffnung, bekomme ein baby, bekomme ein kind, "
        "hochschwanger"
    ),
    "pregnancy:postpartum": (
        "entbunden, entbindung, nach der geburt, geburt, wochenbett, kaiserschnitt, mutter geworden, baby kam, baby "
        "bekommen, kind bekommen, geboren, postpartal, rueckbildung, seit der geburt, baby ist da, auf die welt "
        "gekommen, zur welt gekommen, frisch gebackene mama, zur welt, auf die welt, rueckbildungskurs, post partum, "
        "frischgebackene mama, niederkunft"
    ),
    "pregnancy:breastfeeding": (
        "stille, stillen, stillend, stillzeit, stille noch, stillende, pumpe milch, pumpe ab, milch ab, gestillt, "
        "stillende mutter"
    ),
    "cycle:period": (
        "periode, meine tage, regelblutung, menstruation, meine regel, regel, monatsblutung, zyklustag, zyklus, die "
        "tage, erdbeerwoche, meine periode, tage bekommen, tage gekriegt, menstruiere, regel bekommen, mens, "
        "blutungstag, periodentag, periode gekommen"
    ),
    "cycle:cramps": (
        "regelschmerzen, periodenschmerzen, menstruationsbeschwerden, unterleibskraempfe, unterleibsschmerzen, "
        "menstruationsschmerzen, periodenkraempfe, regelbeschwerden, zyklusbeschwerden, periodenkrampf, "
        "unterleibsziehen, regelkraempfe, menstruationskraempfe"
    ),
    "cycle:pms": "pms, praemenstruell*, vor der periode, vor den tagen, kurz vor meiner periode",
    "cycle:menopause": (
        "wechseljahre, wechseljahren, menopause, hitzewallungen, perimenopause, klimakterium, hitzewallung"
    ),
    "cycle:late": (
        "periode ist spaet, periode verspaetet, tage sind ueberfaellig, periode ueberfaellig, periode "
        "ist ueberfaellig, "
        "ueberfaellig"
    ),
    "cycle:ovulation": "eisprung, lutealphase, follikelphase, zyklusmitte, endometriose, pco, pcos",
    "red_s:no_period": (
        "keine periode, keine regel, periode ausgeblieben, tage ausgeblieben, ausgeblieben, "
        "ausgefallen, periode bleibt "
        "aus, bleibt aus, bleiben aus, blieb aus, meine tage nicht, tage nicht mehr, periode weg, periode ist weg, "
        "amenorrhoe, periode nicht mehr, regel bleibt aus, keine tage, regel ausgefallen, periode faellt aus, faellt "
        "aus, periode nicht bekommen, keine blutung mehr, keine menstruation, meine regel nicht, "
        "periode verloren, tage "
        "sind weg, regel ist weg, keine tage mehr, unregelmaessige periode, periode unregelmaessig, periode ist "
        "unregelmaessig, zyklus ist weg, zyklus weg, kein zyklus, keinen zyklus, ohne periode, ohne regel, periode "
        "mehr, regel mehr, tage kommen nicht, periode kommt nicht, regelblutung bleibt, tage mehr, zyklus "
        "unregelmaessig, zyklus ist unregelmaessig, nicht mehr meine tage, unregelmaessiger zyklus, "
        "blutung bleibt aus, "
        "menstruiere nicht, periode setzt aus, menstruation mehr, fallen aus, menstruation weg, "
        "zyklus verloren, keine "
        "regelblutung, keine monatsblutung"
    ),
    "red_s:stress_fracture": (
        "ermuedungsbruch, ermuedungsbrueche, stressfraktur, stressfrakturen, ermuedungsfraktur, stressreaktion, "
        "knochenmarkoedem, ermuedungsbruchs, marschfraktur, stressbruch, knochenoedem, knochenstress"
    ),
    "red_s:eating_less": (
        "esse weniger, weniger essen, esse kaum, esse wenig, esse sehr wenig, esse zu wenig, lasse mahlzeiten, "
        "mahlzeiten weg, mahlzeiten aus, esse in letzter zeit weniger, hungere, faste, fasten, "
        "essstoerung, magersucht, "
        "magersuechtig, bulimie, diaet, kaum gegessen, kaum noch gegessen, wenig gegessen, lasse das "
        "fruehstueck, lasse "
        "das abendessen, nichts gegessen, esse nichts, esse fast nichts, mahlzeiten ausgelassen, "
        "kalorien reduziert, zu "
        "wenig gegessen, crashdiaet, esse momentan weniger, kein appetit, keinen appetit, kaum noch "
        "essen, fruehstueck "
        "weg, abendessen weg, nichts zu essen, esse nur noch, appetitlos, esse aktuell weniger, esse "
        "nur, auf kalorien, "
        "kaum was gegessen, fast nichts gegessen, nichts mehr essen, mittagessen weg, esse gerade "
        "weniger, esse gerade "
        "wenig, kalorien einsparen, fast nichts essen, nicht genug gegessen, nicht genug essen, esse "
        "nicht genug, wenig "
        "zu essen, weniger gegessen, lasse essen weg, angst vorm essen, angst vor dem essen, "
        "kaloriendefizit, kalorien "
        "zaehlen, zaehle kalorien, zaehle jede kalorie, finger in den hals, nach dem essen uebergeben, erbreche nach "
        "dem essen, hungern, esse abends nichts, esse nicht"
    ),
    "red_s:": (
        "red s, osteopenie, osteoporose, knochendichte, untergewicht, untergewichtig, haarausfall, energiedefizit, "
        "energiemangel"
    ),
    "red_s:weight_loss": (
        "ungewollt abgenommen, zu viel abgenommen, nehme immer weiter ab, gewicht sinkt, abgenommen ohne, stark "
        "abgenommen, nehme ungewollt ab, ungewollter gewichtsverlust, zu schnell abgenommen, viel zu viel abgenommen, "
        "unbeabsichtigt abgenommen, nehme immer mehr ab"
    ),
    "LOSE": (
        "abnehmen, runter, verlieren, loswerden, abspecken, abzunehmen, herunter, weniger wiegen, runterbringen, "
        "abtrainieren, runterkommen"
    ),
    "LOST": "abgenommen, verloren",
    "GAIN": "zunehmen, zulegen, draufpacken, zuzunehmen, aufbauen, zuzulegen",
    "WEIGHT": (
        "gewicht, zielgewicht, wunschgewicht, fett, leichter werden, koerpergewicht, wettkampfgewicht, bauchfett, "
        "koerperfett, wiegen"
    ),
    "weight_goal:target": "zielgewicht, wunschgewicht, wettkampfgewicht, kommen auf gewicht",
    "weight_goal:lose": (
        "abnehmen, abspecken, gewicht verlieren, gewicht reduzieren, leichter werden, schlanker "
        "werden, fett verlieren, "
        "abzunehmen, kilos verlieren, ein paar kilo weniger, schlanker, pfunde loswerden, paar kilo loswerden, zu "
        "schwer, zu dick, zu fett, ein paar kilo runter, paar kilos runter, bauch weg"
    ),
    "weight_goal:gain": (
        "zunehmen, gewicht zulegen, zuzunehmen, muskeln aufbauen, muskelmasse, an gewicht zulegen, "
        "muskelaufbau, masse "
        "aufbauen, schwerer werden"
    ),
}
PLAN = {
    "TIME": "zeit, die zeit",
    "ONLY": (
        "nur, hoechstens, maximal, max, nicht mehr als, hoechsten, bis zu, laenger nicht, nicht laenger als, nicht "
        "laenger, mehr nicht, mehr ist nicht drin, bloss, maximum, mehr hab ich nicht, mehr habe ich "
        "nicht, hoechstns, "
        "weniger als, unter, lediglich, gerade mal, grad mal, kurz, kurze, laenger kann ich, mehr geht nicht, knapp, "
        "mehr schaffe ich nicht, mehr als, nich mehr als, hoechstenfalls, nimmer als"
    ),
    "HAVE": (
        "habe, hab, drin, verfuegbar, wieder zuhause, wieder daheim, zurueck sein, mittagspause, zeitfenster, zur "
        "verfuegung, schaffe, uebrig, zeit fuer, frei, muss in, verfuegung, habe ich, hab ich, "
        "bleiben mir, bleibt mir, "
        "ist drin, gehen, geht, sind drin, moeglich, kann ich, kann heute, luecke, muss weg, weg "
        "muss, los muss, habn, "
        "haette, fertig sein, wieder da sein, bleiben, spaeter muss ich, vor der arbeit, wieder hier sein, dann muss "
        "ich, zeitbudget, budget, reicht fuer, zeit bis, bleibt, einplanen, freischaufeln, abzwacken"
    ),
    "DAYWORD:today": "heute, heut, heute abend, heute nachmittag, heute mittag, heute vormittag",
    "DAYWORD:tomorrow": "morgen, morgen frueh, morgen abend, uebermorgen",
    "DAYWORD:monday": "montag, montags, mo, montagabend",
    "DAYWORD:tuesday": "dienstag, dienstags, di, dienstagabend",
    "DAYWORD:wednesday": "mittwoch, mittwochs, mi, mittwochabend",
    "DAYWORD:thursday": "donnerstag, donnerstags, donnerstagabend",
    "DAYWORD:friday": "freitag, freitags, fr, freitagabend",
    "DAYWORD:saturday": "samstag, samstags, sonnabend, sa",
    "DAYWORD:sunday": "sonntag, sonntags, sonntagmorgen, sonntagabend",
    "DAYWORD:weekend": "wochenende, am wochenende, wochenenden, we",
    "DAYWORD:week": (
        "diese woche, naechste woche, die ganze woche, kommende woche, unter der woche, ganze woche, dieser woche, "
        "naechster woche, werktags, in dieser woche"
    ),
    "CAN": (
        "laufen, kann laufen, kann trainieren, habe frei, hab frei, habe ich frei, hab ich frei, frei, passt, passt "
        "gut, passt es, geht, verfuegbar, moeglich, klappt, klappt es, kann ich, haette zeit, koennte laufen, "
        "trainieren, einrichten, zum laufen, schaffe ich, geht es, joggen, einheit, rauskomm*, ginge, wuerde gehen, "
        "wuerde passen, kann, schaffe, machbar, zum sport, laufen gehen, ein lauf, lauf"
    ),
    "BUSY": (
        "verplant, beschaeftigt, meetings, ausgebucht, kein lauf, keine zeit, kein training, muss arbeiten, viel los, "
        "termine, termin, terminvoll, verhindert, keine chance, unterwegs beruflich, nicht verfuegbar, geht nicht, "
        "klappt nicht, passt nicht, geht bei mir nicht, geht gar nicht, kann nicht laufen, nicht laufen, keine "
        "gelegenheit, kann ich nicht, kann nicht, faellt das training aus, faellt flach, faellt aus der, keine "
        "laufzeit, nicht trainieren, nicht zum laufen, hochzeit, muss ich arbeiten, nix mit laufen, "
        "keine moeglichkeit, "
        "kinderbetreuung, kann nicht raus, keine einheit, schaff ich es nicht, schaffe ich es nicht, "
        "keinen lauf, keine "
        "trainingszeit, faellt der lauf aus, bin ich raus, komme nicht zum, komme ich nicht, kein sport, schlecht bei "
        "mir, voll mit terminen, voll verplant, null zeit, ganztaegig, umzug, voller terminkalender, "
        "terminkalender ist "
        "voll, klappts nicht, arbeiten muss, kann ich leider nicht, klappt es nicht, klappt leider nicht, geht leider "
        "nicht, passt mir nicht, keinerlei zeit, klappt bei mir nicht, passt bei mir nicht, nichts mit laufen, wird "
        "nichts, muss ich passen, laufe ich nicht, zeit habe ich keine, zeit hab ich keine, zeit habe "
        "ich nicht, fehlt "
        "die zeit, fehlt mir die zeit, muss auf die kinder"
    ),
    "PERWEEK": (
        "mal pro woche, mal die woche, mal in der woche, tage pro woche, tage die woche, laeufe pro "
        "woche, x pro woche, "
        "x die woche, einheiten pro woche, tagen pro woche, laeufe die woche, tage in der woche, laufeinheiten pro "
        "woche, x in der woche, mal woechentlich, trainings pro woche, trainingstage, einheiten die woche, laeufe in "
        "der woche, mal diese woche, tagen in der woche, tagen die woche, x diese woche, laufe pro woche, lauftage, "
        "laeufe diese woche, pro woche"
    ),
    "travel:": (
        "reise, reisen, verreise, verreist, dienstreise, geschaeftsreise, urlaub, hotel, unterwegs "
        "mit, auf reisen, bin "
        "unterwegs, camper, campingurlaub, konferenz, fahre nach, ausland, staedtetrip, zu besuch, "
        "ferien, ziehe, ziehe "
        "um, auf tour, wohnmobil, campen, campingplatz, kreuzfahrt, tagung, nicht zuhause, nicht daheim, fahren nach, "
        "besuche meine, besuche ich, zug nach, trip, montage, beruflich unterwegs, beruflich in, geschaeftlich, "
        "roadtrip, ferienwohnung, auswaerts, fahre in den, fahre ans, fahre an die, uebernachte, ausser haus, "
        "dienstlich, umziehen"
    ),
    "travel:flight": (
        "fliege, fliegen, flug, langstreckenflug, flughafen, flieger, geflogen, rueckflug, hinflug, langstrecke, "
        "zwischenstopp, nachtflug, fliegt, flugzeug"
    ),
    "travel:jetlag": (
        "jetlag, jet lag, zeitzone, zeitzonen, zeitverschiebung, zeitumstellung, zeitunterschied, gejetlagt"
    ),
    "LANDED": (
        "gelandet, angekommen, ziehe, fahre, fahre in, fahren in, gehe in, umgezogen, skiurlaub, trainingslager, "
        "wandern, bin in, wohne auf, hoehentrainingslager, fahren, angereist, uebernachte, woche in, tage in, schlafe "
        "auf, bin auf, huettentour, trekking, skifahren, bergtour, tage auf, woche auf, wochen auf, "
        "wochen in, geht es, "
        "geht s, gehts, reise, komme an, angelangt, aufenthalt"
    ),
    "WANT": (
        "lass mich, will, moechte, moecht, wuerde gern, wuerde gerne, haette gern, haette gerne, lieber, bitte, lust, "
        "lust auf, bock auf, bock, traeume von, traeume, wuensche, wuensche mir, wunsch, lass uns, "
        "koennen wir, koennte "
        "ich, kann ich, koennten wir, mein ziel, ziel, gib mir, mehr, plane, am liebsten, "
        "stattdessen, wuerde ich gern, "
        "wuerd gern, bevorzuge, kann ich stattdessen, mag, wollen, wuerde heute lieber, wuerde, "
        "gerne, gern, darf ich, "
        "brauche, wills, angemeldet, trainiere fuer, habe vor, hab vor, wie waers mit, vorbereitung auf, anmelden, "
        "moechten, weniger, gibts, gibt es, will mal, steht an, tausch, tauschen, haett gern, keine "
        "lust auf, hab keine "
        "lust auf, nicht so gern, qualifizieren, wollte, kannst du, koenntest du, startplatz, statt, genug von, satt, "
        "wie waere es mit, mach mir"
    ),
    "W:race": (
        "marathon, halbmarathon, halben, halber, ultra, wettkampf, wettkampfs, lauf ueber, triathlon, ironman, "
        "bestzeit, pb, parkrun, rennen, 10er, volkslauf, ultramarathon, stadtlauf, zehner, 10 km lauf, marathons, "
        "marathondebut, wettkaempfe, unter 4 stunden, sub 4, sub 3, 5er, zehn kilometer lauf, 10 km wettkampf, "
        "halbmarathons, 10k, 5k, laufen unter, staffel, sub 40, sub 50, citylauf, silvesterlauf, frauenlauf, "
        "firmenlauf, traillauf wettkampf, berglauf"
    ),
    "W:hills": (
        "huegel, huegeliger, huegelig, bergauf, berglaeufe, anstiege, bergsprints, hoehenmeter, huegellauf, berge "
        "laufen, steigungen, mehr berge, huegelige"
    ),
    "W:flat": "flach, flache, flache strecke, flaches, eben, keine huegel, ohne huegel, keine berge, flachen",
    "W:easy": (
        "locker, lockeres, was lockeres, lockerer, leicht, leichtes, gemuetlich, gemuetlichen, ruhig, ruhigen, "
        "entspannt, kuerzer, langsamer, langsam, lockeren, etwas leichtes, kuerzere, regenerativ, "
        "entspannten, ruhiger, "
        "lockere, piano, weniger umfang, gehpausen, gemuetliche, chillig, entspanntes, sanft, ruhige, gemuetliches, "
        "kuerzeres, was entspanntes, schonend"
    ),
    "W:fast": (
        "intervalle, intervall, schneller, schneller werden, tempolauf, tempo, tempotraining, fahrtspiel, sprints, "
        "schwelle, schwellenlauf, haerter, haerteres, bahn, harte, harte einheit, schnelles, tempolaeufe, "
        "intervalltraining, haertere, anspruchsvoller, fordernder, schnell laufen, tempoeinheit, mehr intensitaet, "
        "intensiver, bahntraining, schnelle, steigerungen, steigerungslaeufe, schnelligkeit, schneller laufen, "
        "herausforderung"
    ),
    "W:long": (
        "langen lauf, langer lauf, lange laeufe, laenger, laengere laeufe, laengeren lauf, mehr "
        "kilometer, mehr umfang, "
        "laenger laufen, weiter laufen, langes, etwas langes, was langes, longrun, laengere, hoeherer umfang, mehr "
        "wochenkilometer, laengere strecken, long run, langen dauerlauf"
    ),
    "W:rest": (
        "ruhetag, pause, ruhetage, pausentag, einen tag frei, erholungswoche, pausieren, auszeit, entlastungswoche, "
        "erholung, regenerationstag, ruhewoche, erholungstag, tag pause, woche pause, regenerationswoche, aussetzen, "
        "tag pausieren"
    ),
    "W:cross": (
        "schwimmen, rad, rad fahren, radfahren, fahrrad, fahrradfahren, crosstrainer, rudern, aquajogging, rennrad, "
        "wandern, ergometer, alternativtraining, bike, spinning, radeln, langlaufen, langlauf, "
        "skilanglauf, schwimmbad, "
        "schwimmen gehen, biken, klettern, fussball, tennis, wanderung, mtb, mountainbiken, radtour, inliner"
    ),
    "W:strength": (
        "krafttraining, kraft, kraftuebungen, kraftuebung, gym, stabi, rumpf, yoga, dehnen, stabilisation, uebungen, "
        "fitnessstudio, mobilitaet, athletiktraining, stabitraining, rumpftraining, stretching, mobility, pilates, "
        "dehnuebungen, gewichte, gewichte heben, mobilisation, athletik, rumpfstabi"
    ),
    "W:trail": (
        "trail, trails, traillauf, trailrun, wald, gelaende, trailrunning, waldwege, park, waldlauf, waldwegen, "
        "trailrunde, ins gelaende, im gelaende"
    ),
    "W:morning": "morgens, am morgen, frueh morgens, vor der arbeit, frueh, in der frueh, morgens laufen, vormittags",
    "W:evening": "abends, am abend, nach der arbeit, nach feierabend, abendlauf, feierabend",
    "W:other": (
        "was anderes, etwas anderes, laufband, musik, gesellschaft, gruppe, lauftreff, laufpartner, abwechslung, neue "
        "strecke, neue schuhe, andere strecke, neue runde, alleine, allein, drinnen, draussen, kinderwagen, ohne uhr, "
        "meilen, ansage, ansagen, barfuss, was neues, etwas neues, mit hund, mit freunden, weniger nachrichten, lauf "
        "abc, technik, laufgruppe, strecke, route, podcast, laufstil"
    ),
    "RUN": (
        "laufen, lauf, joggen, training, trainieren, einheit, rennen, jogge, laufe, trainiere, renne, durchziehen, "
        "ziehe durch, zieh durch, weitermachen, weiterlaufen, mach weiter"
    ),
}
TABLES = (LIFE, PLAN)
