"""German for the whole field of shifts, pills, weather, travel, days and wishes, and where a pain has gone.

The rule of this file: data alone, as in `german`.
"""

from __future__ import annotations

FIELD = {
    "shift_work:night": (
        "arbeite nachts, arbeite in der nacht, arbeite diese woche nachts, arbeite diese woche nacht, nachts auf "
        "arbeit, nachts "
        "dienst, nachts schicht, nachtschichtwoche, nachtdienst hinter mir, nachtdienst gehabt, nachtschicht hinter "
        "mir, letzte "
        "nachtschicht, erste nachtschicht, zweite nachtschicht, dritte nachtschicht, drei nachtschichten, vier "
        "nachtschichten, "
        "woche nachtschicht, in der nachtschicht, auf nachtschicht, nachtschicht bis, von der nachtschicht, nach der "
        "nachtschicht, nachtdienste diese woche, nachtdienst bis, in der nacht arbeiten, nacht durchgearbeitet, "
        "nachtschichtler, dauernachtwache, nachtwachen, nochtschicht, nochtdienst, nachtdienscht, nachtbereitschaft, "
        "nachteinsatz"
    ),
    "shift_work:late": (
        "spaetschicht diese woche, spaetschichtwoche, auf spaet, diese woche spaet, hab spaet, habe spaet, "
        "spaetdienst diese "
        "woche, spaeti, spaetdienste diese, mittelschicht, zwischendienst, arbeite bis 22, arbeite bis 23, dienst "
        "bis 22, bis 22 "
        "uhr arbeiten, bis 22 uhr im dienst"
    ),
    "shift_work:early": (
        "fruehschicht diese woche, fruehschichtwoche, auf frueh, diese woche frueh, hab frueh dienst, fruehdienst "
        "diese woche, "
        "frueschicht, fruehschicht ab, frueh um 4 raus, um 4 raus, um vier raus, dienstbeginn um 5, dienstbeginn um "
        "4, "
        "schichtbeginn um 5, schichtbeginn 4 uhr, arbeite ab 5, arbeite ab 4"
    ),
    "shift_work:": (
        "24h dienst, 24 h dienst, 24 stunden schicht, 24er dienst, 24 stunden bereitschaft, 12h schicht, 12h dienst, "
        "12 h dienst, 12 "
        "stunden dienst, 12 stunden dienste, zwoelf stunden schicht, lange schicht, lange schichten, langer dienst, "
        "doppeldienst, "
        "zusatzschicht, sonderschicht, wochenenddienst, sonntagsdienst, feiertagsdienst, dienst am wochenende, "
        "wochenendschicht, "
        "hintergrunddienst, notdienst, pikett, pikettdienst, hab dienst, habe dienst, dienst gehabt, dienst hinter "
        "mir, "
        "schichtwoche, schichten diese woche, schichten getauscht, schichtbetrieb, vollkonti, konti "
        "schicht, turnusdienst, turnus, radldienst, radldienst, geteilter dienst, teildienst, wechseldienst, "
        "rollschicht, im "
        "schichtdienst, in schichten, schichtarbeiter, schichtarbeiterin"
    ),
    "medication:": (
        "pille vom arzt, die pille, antibabypille, verhuetungspille, minipille, hormonspirale, spirale, hormone, "
        "hormontherapie, "
        "hormonpflaster, schilddruese, fuer schilddruese, schilddruesenhormon*, schilddruesenmedikament*, euthyrox, "
        "tabletten gegen, "
        "tabletten fuer, tropfen gegen, spray gegen, mittel gegen, medikament gegen, medikamente gegen, salbe vom "
        "arzt, spritze "
        "bekommen, spritzen, spritze vom arzt, infusion, infusionen, impfung, geimpft, grippeimpfung, coronaimpfung, "
        "auffrischung, "
        "tetanusspritze, tollwutimpfung, impfarm, nasenspray, nasentropfen, hustensaft, hustenstiller, hustenloeser, "
        "augentropfen, "
        "ohrentropfen, pantoprazol, omeprazol, magenschutz, saeureblocker, metformin, ramipril, candesartan, "
        "valsartan, enalapril, "
        "lisinopril, amlodipin, hct, torasemid, furosemid, simvastatin, atorvastatin, cholesterinsenker, digitalis, "
        "amiodaron, "
        "verapamil, melatonin, baldrian, zopiclon, lorazepam, tavor, diazepam, opipramol, fluoxetin, escitalopram, "
        "venlafaxin, "
        "mirtazapin, amitriptylin, johanniskraut, lithium, quetiapin, medikinet, elvanse, adhs medikament*, "
        "eisentabletten, "
        "eisenpraeparat, eiseninfusion, ferro sanol, vitamin d tabletten, folsaeure, loratadin, fexofenadin, "
        "allergiemittel, "
        "heuschnupfenmittel, heuschnupfentablette*, kortisonspray, cortisonspray, cortisontabletten, salbutamol, "
        "symbicort, "
        "foster spray, notfallspray, bedarfsspray, loperamid, imodium, vomex, kohletabletten, mcp tropfen, buscopan, "
        "allopurinol, "
        "methotrexat, mtx, biologika, chemo, chemotherapie, tamoxifen, immunsuppressiv*, malariaprophylaxe, "
        "malarone, triptan, "
        "sumatriptan, muskelrelaxans, muskelrelaxantien, ortoton, pregabalin, gabapentin, abnehmspritze, wegovy, "
        "verschrieben, "
        "verschrieben bekommen, verordnet, verschreibt mir, hat mir verschrieben, bluadruckmittel, pulverl, "
        "tablettn, medis, "
        "entwaesserungstabletten, asthmamittel, asthmamedikament*"
    ),
    "medication:painkiller": (
        "ibuprofen 400, ibuprofen 600, ibu 400, ibu 600, ibu genommen, ibu eingeworfen, ibu geschmissen, etoricoxib, "
        "arcoxia, "
        "celecoxib, meloxicam, metamizol, novaminsulfon, nurofen, dolgit, mobilat, voltaren salbe, voltadol, "
        "schmerzpflaster, "
        "mefenaminsaeure, seractil, parkemed, mexalen, dafalgan, algifor, irfen, ponstan, oxycodon, schmerzspritze, "
        "schmerzspritzen, schmerztropfen, schmerztablettn, auf ibu, mit ibu"
    ),
    "weather:rain": (
        "sauwetter, schmuddelwetter, schietwetter, nass und kalt, nasskalt, nieselregen, landregen, regenschauer, "
        "regenguss, "
        "sintflut, es schifft, schifft, schuett, es schuett, es regnt, regnts, es regnets, regnets, regnen soll, "
        "soll regnen, "
        "schuetten soll, waschelt, waschlnass, pritschelt, es pritschelt, seicht, es saecht, saecht, duscht, giesst "
        "es, wie aus "
        "kuebeln, wie aus eimern, eimern, klatschnass, pitschnass, pladdert, platscht, plaestern, tropft, "
        "ueberflutet, "
        "matschig, matsch, schlamm, aufgeweicht, regenfront, regengebiet, regenradar, regentag, regentage, "
        "verregneter, nass "
        "und windig, regen und wind, regen und grad, draussen regen, draussen nass"
    ),
    "weather:cold": (
        "arschkoit, saukoit, eiskoit, bitterkoit, bitzelkalt, klirrend kalt, klirrende kaelte, eisig kalt, eisige "
        "temperaturen, "
        "kaelteeinbruch, kaeltewelle, frostbeulen, bodenfrost, nachtfrost, dauerfrost, frostnacht, unter dem "
        "gefrierpunkt, unter "
        "der frostgrenze, minustemperaturen, zweistellig minus, knackig kalt, ganz schoen kalt, so kalt, ziemlich "
        "kalt, echt kalt, "
        "zu kalt, sehr kalt, richtig kalt, kalt und nass, kalt und windig, kalter wind, frisch heute morgen, "
        "schattig, zapfig, "
        "zapfig kalt, schweinekaelte, saukaelte, hundskaelte, hundekaelte, mordskaelte, froestelig draussen"
    ),
    "weather:ice": "bei glatteis, glatteis ueberall, eisregen, alles vereist, alles glatt, strassen glatt, wege "
    "glatt, wege vereist, gehsteig vereist, gehweg vereist, gehwege glatt, glatte strassen, glatte wege, "
    "eisdecke, rutschgefahr, eisbahn draussen, hockeyrutschig, haal, haalig, eis auf",
    "weather:snow": "schneeregen, graupel, graupelschauer, graupelt, schneits, es schneibt, schneeverwehung*, "
    "schneegestoeber, schneechaos, schneetreiben, schneedecke, eingeschneit, es hat geschneit, neuschnee "
    "draussen, nassschnee, pulverschnee, schneewaechte, schneeschauer, schneebruch, schnee liegt, schnee auf",
    "weather:wind": "stuermen, stuermt, es stuermt, soll stuermen, stuermts, orkanboeen, orkanartig, windstaerke, "
    "steife brise, wind von vorn, starke boeen, boeiger wind, foehn, foehnsturm, foehnig, bise, es weht, "
    "weht stark, blaest, es blaest, luefterl, winds, wind ohne ende, gegenwind ohne",
    "weather:storm": "gewittert es, es gewittert, gewittrig, gewitterfront, gewitterneigung, donnert, donner, es "
    "donnert, blitzt, es blitzt, blitzt und donnert, unwetter angesagt, hagelschauer, hagelkoerner, hagel "
    "gemeldet, sturmtief, sturmflut, tornado, sturm angesagt, orkan angesagt",
    "weather:hot": (
        "hitzewarnung, hitzefrei heute, hitzeschlacht, hitzeperiode, affenhitze draussen, sauhitze, mordshitze, "
        "bruthitze, "
        "brutofen, wie im backofen, wie in der sauna, wie im ofen, glutofen, gluthitze, gluehend, es glueht, "
        "schwitze schon, hoass "
        "draussen, so hoass, brennt die sonne, sonne brennt, sonne knallt, knallt die sonne, knallige sonne, pralle "
        "sonne, in der "
        "prallen sonne, sengende, sengend heiss, sengende hitze, tropenhitze, tropennacht, tropische, hochsommer, "
        "hochsommerlich, "
        "extrem heiss, ultra heiss, mega heiss, viel zu heiss, so heiss, ganz schoen heiss, echt heiss, voll heiss, "
        "hundstage, "
        "ueber 30 grad, im schatten, hitze draussen, bei der hitze, bei dieser hitze, hitz, zu warm zum laufen, viel "
        "zu warm"
    ),
    "weather:humid": "schwuel draussen, so schwuel, sehr schwuel, dampfig, dampfend, tropisch feucht, feuchte hitze, "
    "feucht heiss, feuchtwarm, hohe feuchtigkeit, waschkueche, luftfeuchte",
    "weather:air": "luft schlecht, stickig, stickige luft, rauch in der luft, qualm, feuer in der naehe, "
    "saharastaub, pollen fliegen, pollen sind, birkenpollen, graeserpollen, pollenalarm, pollenbelastung, "
    "ozonwert, feinstaubalarm, smogalarm, inversionslage, dicke luft draussen",
    "weather:fog": "nebelsuppe, dichter nebel, starker nebel, hochnebel, nebelig draussen, suppe draussen, sicht "
    "null, kaum sicht draussen",
    "weather:dark": "schon dunkel, noch dunkel, zu dunkel, frueh dunkel, so frueh dunkel, zappenduster draussen, "
    "dunkel draussen, im dunkeln, nach einbruch der dunkelheit, bei dunkelheit",
    "weather:": "mistwetter, scheisswetter, drecks wetter, dreckswetter, hundewetter, aprilwetter, wetter ist "
    "schlecht, wetter ist mies, wetter ist grausig, wetter ist furchtbar, wetter ist scheisse, wetter ist "
    "beschissen, wetter mies, wetter schlecht, wetter grausig, wetter bescheiden, wetter katastrophe, "
    "schlechtes wetter, mieses wetter, grausiges wetter, furchtbares wetter, greisliges wetter, grauslich "
    "draussen, grausliches wetter, ungemuetlich draussen, grusigs waetter",
    "travel:": (
        "unterwegs bis, bis freitag weg, bis sonntag weg, bin weg, bin ich weg, weg von, ein paar tage weg, paar "
        "tage weg, "
        "tage weg, woche weg, wochenende weg, uebers wochenende weg, fr so weg, verreist bis, verreise nach, "
        "reisetag, anreise, "
        "abreise, rueckreise, heimreise, heimfahrt, hinfahrt, rueckfahrt, zugfahrt, busfahrt, autofahrt, bahnfahrt, "
        "lange fahrt, "
        "nachtzug, schlafwagen, faehre, fernbus, mietwagen, wochenendtrip, kurztrip, kurzurlaub, staedtereise, "
        "rundreise, weltreise, hochzeitsreise, flitterwochen, klassenfahrt, studienfahrt, exkursion, "
        "junggesellenabschied, "
        "betriebsausflug, klausurtagung, kongress in, konferenz in, konzertreise, chorreise, chorfahrt, mit dem "
        "chor, "
        "vereinsausflug, seminar in, schulung in, fortbildung in, lehrgang in, lehrgang, messe in, auf messe, "
        "aussendienst, auf "
        "aussendienst, auf baustelle in, geschaeftstermin in, kundentermin in, beim kunden in, homeoffice in, im "
        "hotel, hotelgym, "
        "hotelzimmer, im zelt, zelten, zeltplatz, zeltlager, huettn, auf huette, im ferienhaus, ferienhaus, "
        "ferienwohnung, "
        "pension, jugendherberge, gasthof, airbnb, wellnesshotel, wellnessurlaub, wellness wochenende, strandurlaub, "
        "badeurlaub, "
        "am meer, ans meer, in die berge, in den bergen, ins gebirge, bergurlaub, wanderurlaub, aktivurlaub, "
        "radurlaub, radreise, "
        "laufreise, laufurlaub, trainingslager in, sprachreise, auslandssemester, erasmus, auslandsaufenthalt, "
        "auslandseinsatz, "
        "heimaturlaub, bei meinen eltern in, bei meinen eltern, zu meinen eltern, zu meiner mutter nach, zu meiner "
        "familie, bei "
        "meiner familie, bei meiner familie in, bei der familie in, bei meinem bruder in, bei meiner schwester in, "
        "bei "
        "freunden in, bei oma in, bei den grosseltern, zu den grosseltern, besuch bei, auf besuch, auf besuch bei, "
        "zu besuch in, "
        "fahre zu, fahr zu, fahren zu, fahre heim nach, fahr heim, fahre morgen nach, fahre morgen in, fahre am, "
        "fahr nach, "
        "fahr in die, fahr ins, fahre ins, fahren ins, fahren in die, fahren an, foahr nach, foan nach, foahr ma, "
        "fahr ma, gemma nach, "
        "geht es nach, geht s nach, gehts nach, ab nach, "
        "flughafenhotel, umsteigen in, gelandet in, zwischenlandung, in "
        "der fremde, in der ferne, ferien in, ferien am, ferien auf, ferien bei, in den ferien in, urlaub am, urlaub "
        "auf, urlaub "
        "bei, urlaub ab, urlaub bis, im urlaub bis, urlaub mit, auf urlaub, in d'ferie, i d'ferie, in den urlaub, "
        "gen sueden, in "
        "den sueden, in den norden, pendle zwischen, pendeln zwischen, umziehen nach, ziehe um nach, umzug nach"
    ),
    "travel:jetlag": "jet lag noch, stunden zeitverschiebung, stunden zeitunterschied, innere uhr, innere uhr ist, "
    "jetleg, jetlek",
    "wish:": (
        "wann kann ich wieder laufen, wann darf ich wieder laufen, wann kann ich wieder anfangen, wann darf ich "
        "wieder anfangen, wann "
        "kann ich wieder joggen, wann darf ich joggen, wann kann ich anfangen zu laufen"
    ),
    "AREA:head HURT": "droehnender kopf, kopf droehnt, schaedel brummt, kopf haemmert, kopf pocht, kopf brummt, kopf "
    "zerspringt, kopf platzt mir vor schmerz, schaedelweh, schaedl brummt, kopf zwickt, kopfdruck, druck im "
    "kopf",
    "AREA:groin": "innenseite oberschenkel, innenseite vom oberschenkel, innenseite des oberschenkels, oberschenkel "
    "innen, innerer oberschenkel, innere oberschenkel, inneren oberschenkel, adduktoren, leistn",
    "W:easy": "was kurzes, etwas kurzes, kurzes, kurze einheit, kurze runde, kurzer lauf, kleine runde, gemuetliche "
    "runde",
    "W:hills": "bergiges, was bergiges, was huegeliges, huegeliges, steiles",
    "AREA:ankle": "osg, usg, oberes sprunggelenk, oberen sprunggelenk, unteres sprunggelenk",
    "AREA:other HURT": "halswirbelsaeule blockiert, hws blockade, tennisarm, maelzerarm, golferellenbogen, mausarm, "
    "unterleibsschmerzen, bauchschmerzen, bauchweh, magenschmerzen, zahnschmerzen, zahnweh, ohrenschmerzen, "
    "ohrenweh, genickschmerzen, nackenschmerzen, rippenprellung",
    "AREA:other": "hws, genick, unterleib, handballen, ellbogn, gnack",
    "SIDE:both": "bds, beids, beidbeinig, alle beide, auf beiden, links wie rechts, rechts wie links, links und "
    "rechts, rechts und links",
    "SLEEP": "schlafe, schlaf ich, schlafe ich, schlafdauer, schlafzeit, nachtruhe",
    "WALK-": "nicht huepfen, kann nicht huepfen, kann nicht drauf huepfen, nicht mehr huepfen, kaum auftreten, kaum "
    "auftretn, kaum gehen, kaum laufen vor schmerz",
    "WANT": "waere schoen, waer schoen, waere super, waere toll, waere cool, waere mal was, waere fein, wuerd i "
    "gern, mecht gern, mecht i, waere ein traum, ist mein traum, mein traum, waere mein ziel, haett i gern",
    "IF": "im allgemeinen, generell gefragt, stimmt es, darf man, kann man, soll man, muss man, was "
    "tun wenn, was mach ich wenn, was mache ich wenn",
    "OLD": "vor der schwangerschaft, vor der op, vor corona, vor der geburt, letzten monat, im letzten monat, "
    "vergangenes jahr, im vorigen jahr, als student, als studentin, als schueler, in jungen jahren, vor "
    "einer ewigkeit, vor etlichen jahren, vor ein paar jahren, vor paar jahren, in meinen zwanzigern, "
    "letzten herbst, letztes fruehjahr, letzten fruehling, seinerzeit, dazumal, anno dazumal, anno",
    "OTHER": (
        "patientin, patienten, patientinnen, klient, klientin, schueler, schuelerin, schuelern, kunde, kundin, "
        "kunden, azubi, lehrling, "
        "athlet, athletin, athleten, eine meiner, einer meiner, eins meiner, frauen, maedels, jungs, nachbarskind, "
        "schwiegertochter, schwiegersohn, patentante, patenkind, pate, mitschueler, kommilitone, kommilitonin, "
        "bruada, "
        "schwesta, voda, muata, spezl, haberer, gschpaenli, grosi, grossmami, unsere kleine, unser kleiner, unser "
        "grosser, "
        "unsere grosse, laufkameradin, laufkamerad, physio meiner, kumpels, kollegin von, freundin von, freund von"
    ),
    "SEV:2": "bueschen, n bueschen, beetken, a wengerl, a wengal, wengerl, wengal, a bissal, bissal, bissi, a bissi, "
    "e bitzeli, bitzeli, es bitzeli, chli, es chli, e bissche, bissche, a bissle, bissle, ganz wenig, nur "
    "wenig, nicht stark, nicht sehr, nicht schlimm, nicht so schlimm, nicht arg, nicht doll, halb so wild, "
    "halb so schlimm, nicht tragisch, ned schlimm, net schlimm, ned arg",
    "weight_goal:lose": (
        "abspecken, ein paar kilo abnehmen, ein paar pfund, paar pfunde, bauch muss weg, wampe, schwimmring, hosen "
        "passen nicht mehr, hose "
        "passt nicht mehr, hose kneift, hosen kneifen, hosen zwicken, hueftgold, winterspeck, speck weg, babypfunde, "
        "babykilos, "
        "schwangerschaftskilos, zu viel auf den rippen, zu viel gewicht, wiege zu viel, bin zu schwer, uebergewicht, "
        "uebergewichtig, "
        "leichter werden, schlanker, schlanker werden, abnehma, abnehmn, owanehma, runter mit dem gewicht, gewicht "
        "runter, gewicht muss "
        "runter, gewicht reduzieren, traumfigur, bikinifigur, strandfigur"
    ),
    "cycle:period": (
        "mein zyklus, zyklustag, zyklus spielt, zyklus ist durcheinander, zyklus durcheinander, erdbeerwoche, rote "
        "woche, tante rosa, "
        "zyklushaelfte, menstruation, mens, regel bekommen, hab meine regel, hab meine tage, habe "
        "meine tage, hab die regel, hab die periode, tage bekommen, tage gekriegt, regelschmerzen, mensschmerzen, "
        "periodenschmerzen, "
        "unterleibskraempfe, zyklus"
    ),
    "BUSY": (
        "ist dicht, alles dicht, komplett dicht, terminkalender dicht, kalender voll, kalender ist voll, ist voll, "
        "randvoll, ist belegt, "
        "belegt, ist geblockt, geblockt, ist verplant, komplett verplant, total verplant, faellt weg, faellt aus, "
        "ist raus, raus bei mir, "
        "ist gestrichen, kein platz, kein spielraum, keine luecke, kein zeitfenster, kein slot, nix zu machen, "
        "nichts zu machen, "
        "unmoeglich, ist unmoeglich, ausgeschlossen, ganzen tag arbeiten, den ganzen tag arbeiten, durcharbeiten, "
        "den ganzen tag termine, "
        "ganztags, ganztagstermin, kinderdienst, kinder daheim, kinder zuhause, kind daheim, kein babysitter, "
        "babysitter fehlt, keine "
        "betreuung, keine kinderbetreuung, kita zu, kita hat zu, kindergarten zu, allein mit den kindern, alleine "
        "mit den kindern, muss "
        "auf die kleine, muss auf den kleinen, muss babysitten, blockseminar, ganztagsseminar, keine zeit zum, koa "
        "zeit, ka zeit, geht "
        "ned, geht net, geht si ned aus, geht sich nicht aus, geht sich ned aus, geht sich net aus, gaht noed, gaht "
        "nid, geht nie"
    ),
    "GONE": (
        "hat aufgehoert weh zu tun, aufgehoert weh zu tun, hat aufgehoert zu schmerzen, aufgehoert zu schmerzen, "
        "schmerz hat "
        "aufgehoert, schmerzen haben aufgehoert, tut nicht mehr weh, tut nimmer weh, tut nix mehr weh, tut nichts "
        "mehr weh, tut gar "
        "nicht mehr weh, tut ueberhaupt nicht mehr weh, tun nicht mehr weh, duat nimmer weh, duat nix mehr weh, tuat "
        "nimmer weh, "
        "tuat nix mehr weh, schmerzt nicht mehr, schmerzt nimmer, zwickt nicht mehr, zwickt nimmer, zieht nicht "
        "mehr, sticht nicht "
        "mehr, macht keine probleme mehr, macht keine beschwerden mehr, macht keinen aerger mehr, keine beschwerden "
        "mehr, keine "
        "probleme mehr, keine schmerzen mehr, kein schmerz mehr, keinen schmerz mehr, nicht mehr zu spueren, nix "
        "mehr zu spueren, "
        "spuere nichts mehr, spuer nix mehr, spuere ich nichts mehr, spuer ich nicht mehr, merke nichts mehr davon, "
        "passt wieder, "
        "passt jetzt wieder, passt scho wieder, passt eh wieder, ist wieder gut, ist wieder ok, ist wieder okay, ist "
        "wieder heil, "
        "ist wieder fit, ist wieder in ordnung, wieder in ordnung, wieder heil, wieder okay, wieder ok, wieder gut, "
        "wieder top, "
        "wieder bestens, wieder super, wieder einwandfrei, wieder schmerzfrei, wieder beschwerdefrei, wieder "
        "belastbar, wieder voll "
        "belastbar, wieder ganz, wieder ganz gut, wieder fit, wieder wie neu, wieda guat, is wieda guat, wieder "
        "guat, pipifein, "
        "pfenniggut, tadellos, ausgestanden, durchgestanden, ausgeheilt ist, komplett weg, ganz weg, voellig weg, "
        "vollstaendig weg, "
        "wie weggeblasen, weggeblasen, wie weggezaubert, in luft aufgeloest, von allein weg, endlich weg, ist weg, "
        "sind weg, is "
        "weg, schnee von gestern, thema durch, vom tisch, kein thema mehr, nicht mehr der rede wert, abgehakt, "
        "gegessen"
    ),
    "FINE": "kerngesund, pumperlgsund, gesund und munter, putzmunter, wohlbehalten, unversehrt, frisch wie, "
    "einwandfrei wieder, guat, supa",
}
TABLES = (FIELD,)
