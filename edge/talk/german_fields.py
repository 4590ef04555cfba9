"""German words that together tell of a kind, whatever stands between them: sleep, tiredness, stress and the rest.

The rule of this file: data alone, as in `german_signs`; the first cell is the kind with its situation, "denied" where
it needs a denial, "others" where it may be told of another ("der Hund hat die ganze Nacht gebellt").
"""

from __future__ import annotations

LISTS = """
slept / schlaf schlafe schlafen schlief schlafs geschlafen einschlafen durchschlafen eingeschlafen gepennt pennen
    penne tiefschlaf schlaftracker schlafscore schlafqualitaet schlafphasen schlafrhythmus schlafwerte nachtruhe
    schlafindex mittagsschlaf nachtschlaf ausschlafen geschlummert schlummer geratzt geschlafn
night / nacht nachts naechte nachtruhe vollmond mitternacht
early / eins zwei drei vier halb 1 2 3 4 5 fuenf mitternacht
who / baby kind kinder kleine kleiner kleinen sohn tochter hund katze kater nachbarn nachbar mann frau freundin
    freund zwillinge saeugling muecke
body / koerper beine bein beinen knochen fuesse muskeln muskulatur oberkoerper waden oberschenkel haxen
ease / erholung regeneration regenerieren erholen erhole regenerier* erholt erholungszeit
meter / ruhepuls hrv battery readiness erholungswert trainingsbereitschaft herzfrequenzvariabilitaet energielevel
    akku batterie erholungsstatus trainingszustand
work / arbeit job buero chef chefin vorgesetzte* projekt uni studium schule schueler* pruefung* klausur* kita
    homeoffice kunden kollege kollegin kollegen betrieb firma laden haushalt umzug renovierung hausbau baustelle
    handwerker familie kinder hochzeit schwiegereltern schwiegermutter eltern alltag abgabe deadline abschluss
    quartalsabschluss steuer* steuererklaerung termine meetings befoerderung referendariat ausbildung bewerbung*
    inventur personal beziehung trennung scheidung pubertaet teenager zeugnis* elternabend doktorarbeit masterarbeit
    bachelorarbeit examen vortrag praesentation leben zuhause
kin / vater mutter papa mama oma opa bruder schwester schwiegermutter schwiegervater mann frau tochter sohn kind
    eltern hund freundin freund tante onkel katze
mood / laune stimmung gemuet motivation antrieb psyche seele mut lust elan
run / laufen lauf training trainieren joggen sport rennen
food / essen esse iss ess kalorien mahlzeit* fruehstueck abendessen mittagessen mittag abendbrot kohlenhydrate
    kohlenhydraten appetit hunger zucker portion* teller ernaehrung gegessen snack*
cyc / periode regel mens menstruation zyklus blutung monatsblutung regelblutung
drug / tabletten tablette tropfen spritze spray salbe mittel pille pillen kapseln dosis medikament* medizin infusion
    pflaster creme gel zaepfchen saft praeparat* globuli
kilo / kilo kilos kg pfund pfunde gramm
"""
ROWS = """
sleep:bad / {slept} / mittel mittelmaessig mittelpraechtig ewig null nix nichts heiss laut stickig laenger mehr
    zerstueckelt schwer fehlt fehlen halb durchwachsen lala maessig mangel rar knapp fremdwort luxus / ~HURT RUN /
    !gut super besser prima ausreichend
sleep:bad / haette koennte braeuchte brauche  wuerde / schlaf schlafen geschlafen / laenger mehr
sleep:bad / keiner niemand kaum nie / schlief geschlafen schlaf pennen gepennt / !lust
sleep:bad others / {who} / wach wachgehalten wachgelegen geweckt gebellt gejault geschrien geschrieen gebruellt
    gefeiert geschnarcht schnarcht zahnt gezahnt zahnend* gehustet gesummt getobt quer geheult randaliert / nacht
    nachts naechte mich uns bett wieder zimmer zwei drei vier morgens ich schlaf
sleep:bad denied / geschlafen gepennt schlafen / gar kaum / ~HURT
sleep:bad / wach / baby kind kleinen hund zwillingen / mit
sleep:good / mittagsschlaf nickerchen powernap / gut geholfen getan
sleep:bad others / schnarcht geschnarcht schnarchen zahnt gezahnt
sleep:bad others denied / auge augen aug / zugetan zugemacht zubekommen zugekriegt / ~HURT
sleep:bad / raubt rauben klaut klauen stiehlt stehlen kostet kosten nimmt nehmen / schlaf nachtruhe / ~HURT
sleep:bad / nachts nacht / zweimal dreimal viermal fuenfmal sechsmal stuendlich / auf raus wach hoch / ~HURT RUN
sleep:bad / nacht naechte / eimer arsch katze katz katastrophe kurz krass hart anstrengend zerhackt unterbrochen
    horror albtraum mau grausam wach laut lang naja unterirdisch gewaelzt gegruebelt / ~shift_work HURT AREA RUN /
    !lauf kurze lange
sleep:bad / nachts nacht / wach hellwach raus munter gegruebelt gruebel* gedankenkarussell gewaelzt waelz* gestillt
    aufgewacht aufgestanden gefuettert herumgelaufen klo toilette rumgelegen / ~HURT shift_work AREA RUN red_flag /
    !ganz durch nicht kein
sleep:bad / um seit ab gegen bis / {early} / wach hellwach aufgewacht munter auf raus bett gelegen augen / ~HURT
    shift_work RUN TIME CAN / ! arbeit arbeiten fuss dienst
sleep:bad / wecker / {early} / um / ~shift_work / !laufen lauf dienst schicht
sleep:bad / bett / spaet zwei drei eins mitternacht morgengrauen / ins im / ~HURT
sleep:bad / sofa couch sessel / eingepennt eingeschlafen gepennt geschlafen genaechtigt
sleep:bad / muecke muecken vollmond hitze / schlaf schlafen geschlafen gepennt nacht
sleep:bad / schlafscore schlaftracker schlafwert schlafwerte schlafindex / niedrig schlecht rot keller 20 25 30 35
    38 40 42 45 48 50 52 55 58 60
sleep:good / schlafscore schlaftracker schlafwert schlafindex / hoch gruen rekord top super gut 80 82 85 88 90 91 92
    95 98
sleep:good / {slept} / nachgeholt erholsam traumhaft seelig selig ordentlich ausreichend problemlos besser normal
    tief brav wie / ~HURT / !schlecht mies nicht kaum wenig
sleep:good denied / {slept} / problem probleme beschweren klagen meckern / ~HURT / !
sleep:good denied / nacht / beschweren klagen meckern
sleep:good / ausgeschlafen ausschlafen / konnte durfte endlich mal heute richtig / !nicht leider kaum
sleep:good / liegen / bleiben geblieben / konnte durfte lange bis ausschlafen
sleep:good / ausgeruht erholt frisch / wecker aufgewacht aufgestanden aus
sleep:good / wecker / wach munter / fit frisch erholt ausgeruht vor
sleep:good / stunden / stueck durch / ich hab geschlafen gepennt schlaf acht sieben neun 7 8 9 / ~W RUN TIME CAN
fatigue: / {body} / hoch dicht zaeh lahm steif matschig traege blei klotz* zentner* brei kaputt schwer muerbe
    ausgelutscht gar butter streik* protestier* schreit schrei* tonnen / ~HURT SIDE FINE GONE / !hart hochlegen
    hochgelegt leg lege krafttraining
fatigue: / steckt stecken sitzt sitzen haengt haengen spuer spuere merke merk nachwehen / lauf laufs intervalle
    intervallen marathon halbmarathon wettkampf rennen wettkampfs training wochen woche longrun dauerlauf einheit
    trainingswoche sonntagslauf tempolauf / knochen noch nach beinen / ~AREA
fatigue: / wackelig wacklig wackelige / bin fuehle fuehl noch beine / ~HURT SIDE
fatigue: / {ease} / nicht kaum ewig lange hinterher schlecht fehlt noch zu langsam dauert laenger halb
    unvollstaendig / ~HURT AREA illness / !gut
fatigue: / {meter} / hoch hoeher erhoeht keller unten niedrig niedriger schlecht mies tief rot unterirdisch 5 8 10
    12 15 18 20 22 25 / !uhr gps handy gurt sensor lampe
fatigue: / puls / lauf dauerlauf joggen laufen / hoch hoeher erhoeht / zu viel ungewoehnlich / ~HURT red_flag
fatigue: / fuehlt fuehlen fuehlte fuehl fuehle / zaeh schwer schwerfaellig muehsam muehselig traege schlapp
    abgeschlagen gummi* blei* wackelpudding hundert achtzig platt alt matt / ~HURT / !nicht
fatigue: / reserve felge seilen seile stock sparflamme notstrom zahnfleisch gang / auf in aus am geh gehe laufe lauf
    krieche fahre fahr haenge haeng / ~HURT / !spaziergang
fatigue: / schwung gaenge puschen gang tritt / nicht kaum nie / komm komme kam kriege krieg / !urlaub
fatigue: denied / spritzigkeit frische power kraft energie saft druck dampf pepp bums / beine beinen da drin mehr
    uebrig fehlt / ~HURT / !ignorier
fatigue: / spritzigkeit frische power kraft energie / fehlt fehlen weg null dahin raus alle aufgebraucht fluete
    floeten
fatigue: denied / beine beinen / hoch / krieg kriege komm bekomme
fatigue: / koerper / schreit verlangt braucht ruft / pause ruhe erholung
fatigue: / schleppe schleppt schlepp quaele quael kriech krieche / mich nur durch den / ~W:fast W:long / !will lass
fatigue: / eingenickt eingepennt eingeschlafen weggenickt eindoese einnicke / essen schreibtisch meeting fernsehen
    tisch sitzung vortrag fast ueberm stehen / !arm bein hand fuss finger
fatigue: / koerperlich / erledigt platt kaputt ausgelaugt am erschoepft hinueber alle
fatigue: / uebertrainiere uebertrainiert uebertraining uebertrainings* ueberbelastet
fatigue: / blutspende blutspenden  / lasch schlapp muede platt seit nach noch
fatigue: / brauche brauch / ewig lange laenger / erholen erhole erholung regeneration regenerieren
fatigue: denied / richtig ganz voellig wieder hundertprozentig / frisch erholt fit regeneriert / ~HURT illness /
    !krank
fatigue: / alles / schwer zaeh anstrengend / ~stress HURT
fatigue: / muedigkeit / vor hat erwischt steckt seit
stress: / {work} / frisst raubt laugt schafft stresst nervt druck brennt brennen drunter chaotisch chaos wahnsinn
    wahnsinnig nerv nerven durch anstrengend belast* fertig ueberfordert  hoelle irre heftig brutal aufreibend krass
    stapelt stapel haeuf* auffrisst zehrt zermuerb* kracht brodelt quengel* trubel eskalier* ueberschlag* verrueckt
    drehen nebenbei jonglier* nur voll / ~AREA W / !rueckenwind ausgeschlafen
stress: / job arbeit / angst sorge sorgen bange verliere verloren weg gekuendigt kuendigung neu neuer neue unsicher
    / ~HURT
stress: / vorgesetzter chef chefin vorgesetzte boss / sau schnecke rund angeschrien gebruellt druck sauer
    zusammengestaucht gefaltet angepfiffen hart / mich mir heute wieder macht gerade hat
stress: / ohren kopf nacken schultern / tausend tausende hundert viel alles menge last / sachen dinge dran um auf
    ueber steht liegt / ~HURT
stress: / jongliere jonglier jonglieren hetze hetz rotiere strampel rudere ertrinke untergehe absaufe / ~HURT
stress: / planungswahnsinn hochzeitsvorbereitung hochzeitsplanung umzugschaos umzugskartons umzugswahnsinn
    kitaschliessung personalnot ueberstunden mehrarbeit
stress: / alles zuviel / viel / gerade momentan bisschen grad auf einmal zu / ~HURT RUN W
stress: / mental psychisch nervlich seelisch emotional / belastet angespannt angespannter belastend  ueberlastet
stress: / meetings termine besprechungen / nur dauernd  jagt jagen nonstop staendig rund ununterbrochen / !samstag
    sonntag
stress: others / {kin} / krankenhaus klinik intensivstation pflegefall pflegeheim demenz operiert spital notaufnahme
    krebs / ~illness HURT AREA / !vor jahren letztes
stress: / pflege betreue kuemmere kuemmer versorge / {kin}
stress: / stress druck hektik / nachgelassen weniger vorbei weg ruhiger abgefallen / ~HURT AREA / !schmerz
stress: / arbeit job buero / ruhiger entspannter leichter / endlich wieder gerade
stress: / pruefung klausur abgabe examen last / vorbei geschafft rum weg bestanden / ~HURT
stress: / nervoes aufgeregt kribbelig hibbelig / morgen pruefung vortrag bin start vor / ~HURT W
stress: / alles / neu anstrengend kopf chaotisch drunter / ~HURT
stress: others / chef chefin vorgesetzter vorgesetzte boss / druck stress sauer tobt nervt schreit / macht ist hat
    mir mich
stress: others / kinder kids schueler teenager / drehen durch eskalier* nerven streiten zanken toben / !schlaf*
    nacht nachts
stress: others / schwiegereltern schwiegermutter verwandtschaft / besuch da zoff streit
cycle:period / tage / da bekommen gekriegt gekommen / meine hab endlich die / !urlaub frei noch zwei drei vier paar
    uebrig
stress: / drunter drueber / zuhause hause daheim uns gerade hier
mood:bad / mag will kann / niemanden keinen niemand / sehen hoeren treffen reden sprechen / ~HURT
mood:bad / spass freude / keinen kein keine wenig kaum nie fehlt / ~HURT
mood:bad / {mood} / fehlanzeige null nada fehlt unten keller boden weg dahin naja mau tief mies gedrueckt drueckt
    negativ nullpunkt vermiest loch dunkel grau truebe flau verhagelt / ~HURT AREA / !voll frei lauf
mood:bad / trennung tod scheidung beerdigung abschied liebeskummer winter novemberwetter dunkelheit verlust / mies
    schlecht mitgenommen gemuet traurig drueckt runter schwer fertig  down / ~HURT
mood:bad / geht gehts / mies dreckig bescheiden elend beschissen scheisse schlecht / mir / seit trennung seelisch
    psychisch innerlich / ~HURT illness
mood:bad / falschen verkehrten / fuss bein / aufgestanden raus
mood:bad denied / so richtig gerade / mein / tag woche
mood:bad / koennte moechte will / alles / hinschmeissen hinwerfen hinhauen schreien heulen weinen sein
mood:bad / zwingen ueberwinden aufraffen zwinge treten / mich muss / alles allem jedem kaum nur schwer arsch /
    ~fatigue
mood:bad / {run} / nervt langweil* oedet qual pflicht zwang last spass sinnlos / mir mich keinen nur kein gerade
    mehr / ~HURT W override_request
mood:bad / schweinehund / gewinnt siegt stark staerker gewonnen gross laut
mood:bad / duennhaeutig gereizt reizbar muffelig miesepeter grummelig unzufrieden ungeduldig lustlos* gefrustet
    entmutigt
mood:bad / loch tief krise tal / haenge haeng stecke sitze bin falle gefallen / !zahn boden strasse strumpf schuh
mood:good / spass freude bock laune lust / richtig wieder endlich viel riesig voll grosse mega so gut / ~HURT IGNORE W
    / !keinen keine kein nicht nimmer weniger
mood:good / grinse grinsen grins strahle strahlen laechle schwebe jubel* juble / ~HURT
mood:good / juckt kribbelt / fuessen fuesse beinen waden / !allergie muecke ausschlag pilz
mood:good / alles / bestens super prima paletti gut fein wunderbar rosig / mir bei uns / ~HURT AREA GONE NEG illness
mood:good / {mood} / zurueck wieder hoch da prima top bestens himmelhoch rosig riesig / ~HURT AREA W / !nicht weg
    keine null kein frei schmerz
mood:good / seelisch psychisch mental innerlich / lot reinen gut besser stabil ausgeglichen gefestigt balance
mood:good / sonne leben welt / gesicht schoen lacht herz / will mehr einfach ist so
mood:good / gut super bestens / gelaunt drauf aufgelegt / !nicht kaum
mood:good / wolke / sieben 7
mood:good / stolz zufrieden gluecklich / mich mir bin auf / ~HURT / !nicht un*
shift_work:night / nachts naechte nacht / arbeite arbeiten dienst fahre lkw leitstelle wache sitze eingesprungen
    schiebe mache stueck hintereinander station pforte backstube pflege taxi schieben malochen schuften / ~HURT
    SLEEP sleep RUN fatigue / !wach geweckt gefeiert durchgemacht laufe lauf zug bus flieger
shift_work:night / nacht / auf von nach aus ab / morgen heute montag wieder wechsel komme ab schlaftag tagsueber vom
    spaet / arbeit schlafe schlaftag komme wechsel auf / ~HURT RUN / !lauf
shift_work: / frueh spaet nacht / spaet nacht frueh / wechsel zwei mal immer woche dann tage wechselei gleich /
    ~HURT RUN SLEEP / !bett lauf laufen wach abend
shift_work: / dienst dienste schicht schichten / mitternacht uhr frueh lang laenger tausch* uebernommen geht bis ab
    unregelmaessig morgens naechste / ~HURT
shift_work: / dienstplan schichtplan schichtdienst rufdienst rufbereitschaft vierschicht dreischicht fuenfschicht
    feuerwehrwache rettungswache wachdienst nachtbus sitzwache hausdienst springerdienst einsatzdienst schlafdienst
    tagdienst tagschicht zwoelfstundenschicht fruehdienstwoche nachtdienstblock
shift_work: / wache leitstelle backstube spuele bar kneipe gastro klinik station stall / um ab bis nachts heute vier
    fuenf zwei / frueh morgens nacht stehe dienst mitternacht wache arbeite fahr / ~HURT sleep
shift_work: / kellnere kellner arbeite jobbe / bis ab / mitternacht zwei drei vier eins 22 23 24 1 2 3 4 5 6 / ~HURT
shift_work:night / arbeite arbeiten lebe / gegen / uhr rhythmus
shift_work: / baeckerei backstube baecker / 2 3 4 5 zwei drei vier fuenf / um ab / arbeite fange anfangen beginne an
    stehe schicht
shift_work: / schlafrhythmus tagesrhythmus / wechselt durcheinander dienst schicht job
illness: / angesteckt anstecken angeschleppt eingeschleppt mitgebracht / mich uns ich hab mir kita schule
    kindergarten virus
illness: / im / anmarsch anflug kommen / irgendwas was etwas erkaeltung grippe infekt schnupfen / !mens periode
    regel schneesturm sturm gewitter
illness: / thermometer koerpertemperatur temperatur / 37 37.5 37.8 38 38.2 38.5 38.7 38,5 38,7 38,2 39 39,2 40
    erhoeht gestiegen
illness: denied / ganz richtig voellig wieder hundertprozentig mehr / gesund krank fit / ~HURT fatigue / !faul
illness: / wieder / gesund fit / erkaeltung grippe infekt corona husten krankheit virus / ~HURT
illness: / erkaeltung infekt grippe husten schnupfen corona virus magen fieber krankheit / abgeklungen weg vorbei
    durch auskuriert besser ueberstanden hinter los ausgestanden nachwehen reste rest noch wacklig / ~HURT
illness: / fieberfrei symptomfrei genesen auskuriert / seit wieder bin endlich / ~AREA HURT
illness: / bruete brueten bruet ausbruete ausbrueten / was etwas aus / !ei
illness: / bett / huete hueten flach gehuetet gefesselt verordnet
illness: / lymphknoten mandeln nebenhoehlen stirnhoehle stirnhoehlen bronchien nase ohren ohr hals / dick zu dicht
    geschwollen entzuendet verstopft verschleimt vereitert rau rot brennen brennt / !sonnenbrand hand um
illness: / geimpft impfung impfreaktion impfarm / brumm* kopf schlapp arm fieber nachwirkung* weh
illness: / migraene schnodder rotznase rotz matschbirne gliederweh halsweh fieberschub grippevirus restschnupfen
    resthusten restinfekt restgrippe erkaeltungsrest fieberblase herpes bindehautentzuendung kehlkopfentzuendung
    rachenentzuendung zahnvereiterung borreliose scharlach windpocken influenza ringelroeteln salmonellen blinddarm*
    nierensteine nierenbecken* reizdarm / ~medication
illness: / geht gehts fuehle fuehl / elend hundeelend miserabel krank kraenklich / mir mich / ~mood stress
illness: / kopf / nase hals husten / dicht zu laeuft rau / ~NEUTRAL
pregnancy:pregnant / schwangerschaftsdiabetes schwangerschaftstest risikoschwangerschaft mutterschutz geburtstermin
    morgenuebelkeit uebungswehen senkwehen geburtsvorbereitung* babybauch kugelbauch mutterpass plazenta
    entbindungstermin schwangerschaftswoche schwangerschaftsuebelkeit fruehschwangerschaft kinderwunsch* ivf
    embryo* embryotransfer ultraschallbild / !ihr ihre freundin
pregnancy:postpartum / fehlgeburt rueckbildung rueckbildungskurs rektusdiastase dammriss dammschnitt
    kaiserschnittnarbe nachuntersuchung beckenbodentraining wochenbett wochenfluss beckenboden kaiserschnitt
    geburtsverletzung sternenkind totgeburt geburt entbindung niederkunft
pregnancy:breastfeeding / stille stillen gestillt abgestillt stillpause milchstau pumpe abpumpen abgepumpt stillbaby
    muttermilch / noch alle ab seit muss stunden lauf laeuft zieht baby nachts nicht vor hab gerade / ~HURT / !luft
    rad reifen luftpumpe
pregnancy:pregnant / test teststreifen / positiv striche streifen / baby kind schwanger zwei wir ueberfaellig /
    !corona
pregnancy:pregnant / baby nachwuchs kind zweites zwillinge zweite / bekommen kriegen erwarten unterwegs kriege
    bekomme erwarte kommt im / wir ich unterwegs zweites oktober bald august nummer / !schlaf* wach brei
pregnancy:pregnant / basteln ueben / nummer baby kind nachwuchs
pregnancy:pregnant / et geburtstermin / drei zwei vier wochen august ist januar februar maerz mai juni juli
    september in
pregnancy:pregnant / bauch kugel / rund runder weg waechst kugel wachsend groesser gewachsen dicker / wird langsam
    im ist meine / ~HURT weight_goal / !fett speck abnehm*
pregnancy:pregnant / laufe esse trainiere / zwei / fuer jetzt / !minuten stunden wochen
pregnancy:pregnant / kleine baby wurm bauchzwerg kruemel / strampelt strampel* boxt tritt turnt hickst / !schlaf*
pregnancy:pregnant / hebamme gyn gynaekologin frauenaerztin frauenarzt / erlaubt sagt verboten darf meint empfiehlt
    verbietet laut gruenes / !pille zyklus periode regel mens blutung knochendichte eisen* hormon* esse essen gewicht
pregnancy:postpartum / mama papa mutter / geworden frisch frischgebackene / !freundin
pregnancy:pregnant / monat / 4 5 6 7 8 9 vierten fuenften sechsten siebten achten neunten / . im / !training* job alt
    baby pause seit reha plan jahr kilometer km umsatz arbeit
pregnancy:postpartum others / baby saeugling zwerg / alt wochen monate monat / wochen monate monat tage ist /
    !schlaf* wach krank fieber schwester bruder freundin nachbarin kollegin chefin tochter enkel*
pregnancy:pregnant / bin / woche wochen / 8 9 10 11 12 13 14 15 16 17 18 19 20 21 22 23 24 25 26 27 28 29 30 31 32
    33 34 35 36 37 38 39 40 41 / !plan* training* aufbau* reha vorbereitung programm block urlaub krank* verletz*
    seit vor nach pause diaet weg unterwegs raus verreist fit schmerz*
pregnancy:postpartum others / kam kamen / welt / zur auf / !enkel* neffe nichte schwester bruder freundin kollegin
pregnancy:postpartum / kinderwagen / wieder / anfangen laufen starten einsteigen beginnen
pregnancy:pregnant denied / laut / gyn frauenarzt frauenaerztin hebamme / sport laufen
pregnancy:pregnant / wehen / vorzeitige falsche gehabt
red_s:eating_less / {food} / runter traue trau verbiete verbiet goenne goenn vergesse vergess ausgefallen spatz
    voegelchen wenig weniger kaum angst minimum streiche verkneif* weglassen auslassen  panik hasse ekel* nuechtern
    / !durstig gern gesund salat suesses wettkampf
red_s:eating_less / nach / training lauf / nichts kaum / runter essen
red_s:eating_less / fressanfaelle fressanfall essanfall essanfaelle binge heisshungerattacken unterernaehrung
    mangelernaehrung unterernaehrt magersucht essstoerung bulimie anorexie orthorexie unterversorgt
    energieverfuegbarkeit untergewicht
red_s:eating_less denied / lust hunger appetit / essen esse appetit hunger
red_s:eating_less / esse / nur erst / wenn / gelaufen laufe trainiert trainiere verdient sport
red_s:eating_less / brauche brauch / wirklich echt ueberhaupt / drei / mahlzeiten
red_s:eating_less / erbrechen erbreche kotze uebergebe / nach / essen
red_s:eating_less / esse iss / wieder endlich / genug normal mehr richtig
red_s: / angst panik / zuzunehmen zunehmen zunahme
red_s: / mager duenn knochig untergewichtig abgemagert duerr klapprig hager / zu nur bin sagt meint ich / ~HURT /
    !eis haut
red_s: / bmi / 15 16 17 18
red_s: / rippen knochen / sieht schon sichtbar raus zaehlen durch / ~HURT
red_s: / testosteron hormone hormonwerte ferritin knochendichte libido eisenwert / keller niedrig unten null tief
    weg schlecht mangel / !auf
red_s:weight_loss / gewicht hosen hose / faellt rutschen rutscht schlabbert sinkt purzelt runter weniger / nicht
    obwohl ungewollt ohne dauernd immer von libido
red_s:weight_loss / leichter / je nie sorgen
red_s:stress_fracture / haarriss ermuedungsriss stressreaktion ermuedungsbruch stressfraktur knochenmarkoedem
    knochenmarksoedem knochenmarkodem knochenoedem
red_s:no_period / {cyc} / verabschiedet zuletzt verschwunden ausgefallen seltener monaten monate winter herbst
    sommer fruehjahr januar februar maerz april mai juni juli august september oktober november dezember
    marathontraining / ~pregnancy / !pille stark schmerz* schwach
red_s:no_period / {cyc} / zweimal dreimal viermal / jahr
red_s:no_period / blute blutung menstruiere / nur / monate monaten
cycle:period / {cyc} / stark staerker kurz lang spaet frueh naechste bald morgen vorbei fertig haut umhaut schwach
    harmlos angefangen laeuft unregelmaessig nervt plagt quaelt schlimm verrueckt  da endlich diesmal um tag typisch
    plane planen / ~shift_work availability / !laufen schichten urlaub  zwei drei vier paar ruhe freie
cycle:period / tampon tampons binde slipeinlage menstasse periodenunterwaesche waermflasche periodenslip
cycle:period / zwischenblutung schmierblutung mittelschmerz zyklusbedingt zyklushaelfte praemenstruell* lutealphase
    follikelphase eisprung regelkraempfe perimenopause endometriose zykluswoche hitzewallung* pmdd
    wassereinlagerungen mensbedingt
cycle:period / erster zweiter dritter ersten zweiten / tag / kraempfe schlimmste schlimmster mens periode regel
    typisch bauchkraempfe / ~AREA:leg AREA:calf
cycle:period / monatlicher monatlichen / besuch
cycle:period / blute blute / verrueckt stark wie extrem schwein / !nase knie finger zeh
cycle:period / brueste busen unterleib / spannen ziehen zieht zwickt spannt / regel periode tage mens eisprung
    anmarsch / !sport
cycle:period / mens periode regel / anmarsch setzt zu nimmt mit
medication: / {drug} / nehme nimm nehm kriege bekomme bekommen gekriegt verschrieben erhoeht reduziert abgesetzt
    vertrage vertrag neu neue neuen umgestellt gewechselt orthopaeden arzt dreimal zweimal einmal taeglich
    weiternehmen absetzen nebenwirkung* eingestellt durch aufgebraucht schlucke schlucken gegen wegen hilft letzte
    morgens abends woche bauch / ~fatigue / !schuh wetter  tempo laufband uhr weg
medication: / vitamin eisen magnesium kalzium jod zink / hochdosiert nehme tabletten praeparat* taeglich mangel
    verschrieben spritze infusion
medication: denied / schmerzmittel tabletten medikamente ibu ibuprofen / ohne geht gehts laufen mehr keine momentan
    gerade nichts
medication: / opioide opioiden morphin tramadol lithium chemo bestrahlung hormonersatz hormonersatztherapie
    insulinpumpe hyaluronspritze hyaluron magenschoner magenschutz kortisoninjektion antibiotikatablette
    heparinspritzen thrombosespritzen abnehmspritze psychopharmaka beruhigungsmittel schlafmittel abfuehrmittel
    eisenkapseln wachstumshormon* dialyse blutdrucksenker allergiespritze desensibilisierung hyposensibilisierung
    asthmaspray inhalator schmerzpumpe cortisonsalbe antihistaminikum impfstoff triptane dronabinol cbd
weight_goal:lose / {kilo} / purzeln runter weg weniger leichter verlieren loswerden abnehmen verschwinden schmelzen
    viel / muessen sollen will moechte wieder jede sollen hartnaeckig monat bis wuerde wollen ziel / ~HURT LOST /
    !ungewollt hantel* rucksack
weight_goal:lose / bauch speck rettungsring hueftspeck hueftgold winterspeck wampe schwimmring reiterhosen bauchfett
    fett fettpolster roellchen ringe doppelkinn polster rundungen / weg loswerden verbrennen verschwinden schmelzen
    runter straffer kleiner loeschen soll sollen abtrainieren verlieren / !schmerz*
weight_goal:lose / weihnachtskilos  babykilos urlaubskilos feiertagskilos schwangerschaftskilos weihnachtspfunde
    winterkilos kilos ueberfluessige* / los loswerden wieder weg runter abtrainieren
weight_goal:lose / alte alten / jeans hose hosen kleid hochzeitskleid anzug / passen rein
weight_goal:lose / bmi koerperfett fettanteil koerperfettanteil / runter senken unter reduzieren prozent soll
weight_goal:lose / nehm nehme nimmt abnehmen abzunehmen / ab wie schnell hilft wichtig intervallfasten  / !ungewollt
    weiter immer schmerzmittel tabletten medikament* ibu abnehmspritze kontakt anruf telefon
weight_goal: / gewicht koerpergewicht / halten arbeiten thema stabil ziel wichtig kontrollieren managen / ~HURT RUN
    / !hantel* ungewollt
weight_goal:lose / diaet low carb keto intervallfasten kaloriendefizit weightwatchers / mache mach gerade halte
    abnehmen wegen seit carb / !angst zwang
weight_goal:gain / muskelmasse muskeln masse muckis / drauf aufbauen mehr zulegen wachsen zunehmen bisschen
weight_goal:target / idealgewicht wunschgewicht zielgewicht kampfgewicht gewichtsziel normalgewicht wettkampfgewicht
    rennkampfgewicht traumgewicht
travel: / koffer reisetasche  gepaeck / packen gepackt aus leb lebe schuhe weg laufschuhe angekommen verloren im /
    !hantel
travel: / zug ice bahn auto bus flieger faehre flugzeug nachtzug / ganzen stunden sitze sitz noch den langer
    verspaetung heim / tag stunden im nach unterwegs noch bis / ~HURT RUN TIME / !kind arbeit
travel: / lande landen gelandet gelandete / heute morgen spaet abend elf zehn frueh nacht um
travel: / aus / zurueckgekommen zurueck heimgekommen wiedergekommen / !arbeit krank pause verletzung lauf training
    schmerz* klinik krankenhaus
travel: / erst ab wieder bis / land lande heimat heim zuhause daheim / sonntag montag freitag samstag donnerstag
    mittwoch dienstag bin komm komme ab / ~HURT TIME / !uhr minuten stunde
travel: / weg fort / bis / zum sonntag montag freitag mittwoch samstag donnerstag dienstag wochenende / sind bin
    noch / ~HURT / !schmerz
travel: / pilgern pilgere jakobsweg wanderreise rucksackreise backpacking interrail hausboot segeltoern
    kreuzfahrtschiff safari  fernreise heimaturlaub pauschalreise hotel
travel: denied / kenn kenne / hier ort gegend stadt / aus
travel: / sind bin fahren fahre machen / harz allgaeu schwarzwald eifel tirol ostsee nordsee alpen dolomiten toskana
    sauerland bergen erzgebirge huettentour radreise / wandern urlaub woche tage bis ferien campen morgen ab /
    ~HURT RUN
travel: / pendel pendle pendeln / nach zwischen woche
weather:rain / wald waldweg waldwege weg wege uferweg feldweg park strecke trail trails / matsch* schlamm*
    aufgeweicht wasser ueberschwemmt ueberflutet nass pfuetzen rutschig gesperrt unterwasser / ~HURT
weather:rain / pfuetzen tauwetter matschwetter regenschauer unwetter hochwasser pladdern platzregen schauern schauer
weather:hot / warm heiss / unertraeglich wird mittag zu viel draussen extrem abartig brutal kaum tropisch nachts /
    ~HURT AREA WARM sleep W / !geduscht dusche anziehen angezogen aufwaermen bad tee  gelaufen
weather:hot / kuehlt abkuehl* / nachts kaum nicht
weather: / uv ozon / index hoch wert neun acht extrem zehn 7 8 9 10 11
weather:cold / kuehl kuehler frisch frostig / endlich draussen morgens geworden heute temperaturen schoen angenehm /
    ~HURT mood fatigue / !beine bin fuehle ich kopf duschen
weather: / jagt / hund keinen / raus
weather:air / luft / schlecht dick stickig stinkt miserabel diesig belastet verpestet / heute hier draussen stadt
    richtig / ~HURT / !atem bekomm* krieg* lunge mir
weather: / laufwetter wetter / perfekt* traum* super herrlich schoen mies sau* grausig* besser ideal furchtbar
    schlecht* bescheiden unterirdisch scheiss* grauenhaft eklig* toll gruselig beschissen* ungemuetlich wechselhaft
    katastroph* bombe ekelhaft
"""
