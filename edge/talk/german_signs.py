"""German words that together are a warning sign, whatever stands between them.

The rule of this file: data alone. A row is the sign, "wide" (over the whole text) or "denied" (only where it is
denied), then behind each "/" a list of words of which one must be met; `*` ends a stem, "!" undoes the sign, a name in
braces is a list of `LISTS`. A row that is too long goes on in the next line, indented.
"""

from __future__ import annotations

LISTS = """
back / ruecken rueckenschmerzen rueckenweh kreuz hexenschuss bandscheibe bandscheibenvorfall ischias lws
    lendenwirbel*
fever / fieber fiebrig hochfieber 39 40 41 temperatur
fall / sturz gestuerzt radsturz fahrradsturz unfall aufprall zusammenstoss geflogen hingefallen hinterkopf kopfstoss
    angestossen geknallt aufgeschlagen
hot / hitze heiss sonne hitzschlag sommerhitze mittagssonne mittagshitze 30 32 33 34 35 36 37 38
high / hoehe berg gipfel huette berghuette pass aufstieg hochtour alm seilbahn 2500 3000 3200 3500 3800 4000 4200
    4500
water / urin pinkel pinkeln gepinkelt pinkle pipi harn wasserlassen klo pisse toilette pippi kloschuessel
see / seh sehe sah sehen gesehen auge augen sicht blick sichtfeld gesichtsfeld blickfeld
blur / regen nebel neblig dunkel dunkelheit stockdunkel brille beschlagen schneesturm schnee sonne gegenlicht
    stirnlampe schweiss baustelle plan app strecke weg lustig witzig
"""
ROWS = """
chest_pain / vorne vorn / drueck* druck enge engegefuehl eng beklemm* sticht stechen / !knie schienbein fuss zeh*
    schuh* oberschenkel schulter huefte leiste wade kopf stirn zahn hals wind licht lampe gruppe rennen platz gurt
    brustgurt ferse knoechel bein beine schienbeine hose nase
chest_pain / links / druecken stechen enge engegefuehl beklemm* druckgefuehl / !knie schienbein fuss zeh* schuh*
    oberschenkel schulter huefte leiste wade kopf zahn hals ferse knoechel bein beine seitenstechen seite ruecken po
    gesaess achillessehne rippe rippen hand ohr
chest_pain / sodbrennen / lauf* belastung anstrengung bergauf training joggen rennen schnell* treppe* gehe
chest_pain / kiefer unterkiefer / zieht ziehen druck drueck* strahlt ausstrahl* schmerz* / lauf* tempo training
    joggen rennen belastung bergauf treppe* intervall* brust arm anstrengung
chest_pain / herz herzen herzgegend / dumpf* gefuehl druck drueck* stech* sticht stich enge / !gutes gutem freude
    liebe glueck schoenes gute
chest_pain / brust brustkorb brustbein / zugeschnuert* gequetscht schwer* zentner tonne bleigewicht band guertel
    reifen panzer faust
chest_pain / schulterblaett* schulterblatt / druck drueck* / schweiss* uebel schlecht luft arm
chest_pain wide / kaltschweissig schweissnass schweissausbruch / druck drueck* enge beklemm*
faint / sekunde sekunden moment augenblick kurz / weg / war gewesen / !schmerz* ziehen stechen knie wade fuss urlaub
    internet netz signal gps empfang strom app einkaufen krampf seitenstechen
faint / gelaender wand laterne zaun baum bank / festhalten festgehalten gehalten abstuetzen / sonst schwindel*
    umgefallen gefallen noch
faint / licht lichter / ausgegangen ausging ausgingen aufgegangen / mir kurz einmal ploetzlich / !lampe stirnlampe
    flur keller strom batterie akku baum weihnacht*
weight_bearing denied / bein beine beinen fuss knie knoechel huefte / stand / komm komme kam schaff schaffe schaffte
    / !handstand kopfstand einbeinstand
faint / dann ploetzlich / war / ich / weg / !bett couch sofa schlaf* eingeschlafen urlaub woche
faint / sah seh sehe gesehen / tunnel sterne sternchen tunnelblick / !himmel nacht
faint / tunnel tunnelblick / hoerte hoeren gehoert setzen hinsetzen rauschen rauschte
faint / beine knie / weg weggesackt nachgegeben eingeknickt / dunkel schwarz ploetzlich schwindel*
palpitations denied / herz puls herzschlag / beruhigt beruhigen runter / ! intervall* bergauf
palpitations / herz herzschlag puls / huepf* huepfer spruenge aussetz* stolper* purzelbaeume rumpelt durcheinander
    holper* doppelschlaege unrund unrhythmisch* / !freude glueck
palpitations / ruhepuls / 110 115 120 125 130 135 140 145 150 160 170 180
palpitations / puls herzfrequenz hf herz / ruhe liegen sitzen sofa couch bett nichtstun fernsehen / 120 125 130 135
    140 145 150 155 160 165 170 175 180 190 200 rast hoch jagt
palpitations denied / herz herzschlag puls / klopf* rast poch* haemmer* schlaegt / ohne / sport anstrengung belastung
    grund anlass bewegung training
breathless / luft atem puste / fehlt fehlte reicht wegbleibt ausging knapp ausgeht / ! huegel berg sprint intervall*
    endspurt reifen rad reifen* draussen schlecht
breathless denied / durchatmen atmen einatmen luftholen schnaufen / !nase schnupfen verstopft maske lachen
breathless denied / flach / liegen schlafen / !strecke
breathless / atme atmen atmung atem lunge luft / strohhalm pfeif* gepfiffen rassel* roechel* blubber* brodel*
    giemen* fiep* schnapp* gurgel*
breathless denied / spray asthmaspray inhalator notfallspray salbutamol bedarfsspray / hilft besser wirkt geholfen
    bringt
breathless wide denied / spray asthmaspray inhalator notfallspray salbutamol bedarfsspray / hilft besser wirkt
    geholfen
breathless / puste schnaufe atem japse hechle keuche luft / schuhe schuhebinden socken anziehen zaehneputzen reden
    sprechen sitzen liegen duschen bett sofa / !gelassen
breathless wide / japse japs keuche hechle gejapst / stufen treppe ploetzlich grundlos ruhe
breathless / wache wach aufgewacht aufwache / luft japs* keuch* erstick*
blood wide / husten huste gehustet spucke gespuckt spuck kotze gekotzt erbroch* uebergeben auswurf schleim spucken /
    rot rotes roetlich* dunkelrot hellrot rosa blutig* blut kaffeesatz / !nase augen bete
blood / {water} / rot rotes roetlich* rosa cola* dunkelbraun braun* dunkel dunkler schwarz* teefarb* rost* blut*
    pechschwarz teer / !viel licht weg wald bete rueben
blood wide / gepinkelt pinkel pinkeln pinkle urin harn pipi / cola braun dunkelbraun dunkel* rot rosa roetlich*
    rostig* tee* blut* / !stirnlampe draussen rueben bete
blood / stuhl stuhlgang kot kacka haufen klopapier klo / schwarz* pechschwarz teer* blut* rot rote rotes schlieren
    hellrot / !rueben bete
clot / bein wade unterschenkel oberschenkel / blaeulich* lila verfaerbt blaurot glaenz* / !prellung gestossen fleck
clot / bein wade unterschenkel / dick dicker geschwollen* prall / gips flug op langstrecke bettlaegerig warm heiss
clot wide / entbunden entbindung geburt kaiserschnitt wochenbett schwanger* ssw operiert op operation langstrecke
    langstreckenflug bettlaegerig gips chemo thrombose* / bein wade unterschenkel / dick dicker geschwollen* prall
    angeschwollen / !prellung gestossen babybauch
stroke / hand arm bein finger haelfte / wie / weg fremd tot abgestorben / !schmerz* krampf ziehen weggeblasen nach
    training muskelkater
stroke denied / tasse glas gabel loeffel schluessel becher flasche stift handy / halten gehalten greifen festhalten
stroke / tasse glas gabel loeffel becher stift schluessel / hand / gefallen rutscht faellt gerutscht
stroke denied / woerter worte wort satz saetze / fallen ein finde finden raus rausgebracht / !passwort podcast stolz
    lob dankbar plan
stroke / woerter worte wort satz saetze / ein einfallen finde finden raus rausgebracht durcheinander falsch quatsch
    wirr / !passwort podcast stolz lob dankbar
stroke wide / quatsch kauderwelsch wirres unsinn murks / kam rauskam raus / sagen sprechen reden mund wollte
stroke / stammel* stotter* lall* nuschel* verhaspel* / ich rum ploetzlich seit sprache / !kleine kleiner baby sohn
    tochter
stroke / zunge / schwer gehorch* lahm gelaehmt taub
stroke / arm bein mundwinkel gesicht mund lid laecheln grinsen / haengt haengen hing schlaff schief* gelaehmt runter
    / !hals couch sofa seil rum strecke weg bild lampe ab klimmzug* stange schlinge trx geschwung*
stroke / seite koerperhaelfte haelfte koerperseite gesichtshaelfte / eingeschlafen taub gelaehmt lahm kribbel*
    schlaff gefuehllos
stroke / {see} / doppelt zweimal verschwommen verzerrt zickzack schleier blitze schatten flimmer* schwarz blind /
    !{blur}
stroke / {see} / nichts nix kaum weg / ploetzlich einmal auge rechts links mehr / !{blur}
stroke / bild sichtfeld gesichtsfeld blickfeld / fehlt weg loch ausgefallen schwarz halb / !app upload hochgeladen
    foto strava
stroke denied / finger hand haende / wollen gehorchen gehorcht tippen tippe schreiben knopf / !kalt kaelte frost
    eis* minus winter
stroke / kopfweh kopfschmerz* schaedel kopf / so solche sowas / nie noch / !frei klar leer gut
stroke / kopf / geknallt explodiert zerreiss* zerspring* gerissen / !arbeit stress termine buero chef uni projekt
    helm
stroke / kopfweh kopfschmerz* kopf / hundert schlag schlagartig donner* vernicht* explosion* blitzartig
stroke wide / gezuckt zuckt zuckte zucken zuckungen gekrampft / koerper zunge allein unkontrolliert* bewusst* weg
    weiss
stroke / zunge / gebissen wund blutig / hose erinner* zuck* gezuckt krampf* aufgewacht weg
stroke / anfall krampfanfall / hatte hatt gehabt war bekommen heute gestern / !asthma husten lach* heul* wut* fress*
    panik* niess*
stroke denied / erinnerung erinnern / stunde minuten lauf sturz unfall letzte passiert rennen / !wann zuletzt
meningitis wide / nacken hals genick kinn / steif* bocksteif beugen bewegen drehen brust geht starr / {fever} / !weg
    buero
meningitis wide / licht / weh blendet ertrag* unertraeglich schmerz* stoert / {fever}
meningitis wide / punkte flecken puenktchen / haut rote kleine dunkle / {fever}
confused wide / {fever} / unsinn wirr* quatsch phantasier* fantasier* halluzin* verwirrt desorientiert neben
    benommen apathisch
confused wide / {fever} / wach / kaum kriegen bekommen nicht
confused wide / {fever} / tag datum name sachen dinge / weiss wusste da nicht
confused wide / grippe gluehend gluehe / neben / mir / !stehe
heat wide / {hot} / gefroren froestel* schuettelfrost gaensehaut gefroestelt zitter* gezittert / !winter kalt minus
    start morgens
heat wide denied / {hot} / heimweg orientierung hause / gefunden finde verloren wusste / !cap muetze schatten
heat / sonne hitze / mir / schlecht uebel verschoben komisch anders schwummrig flau / !geschlafen schlafe lief
    laeuft
altitude wide / {high} / schaum* blubber* brodel* rassel* torkel* taumel* wirr* / !bier eier kaffee
altitude wide / {high} / kopfweh kopfschmerz* kopf schaedel / kotz* uebergeben erbroch* wacklig torkel* uebel platzt
    brutal* / !stress arbeit
altitude denied / gerade geradeaus / laufen gehen / kann konnte mehr
head_injury wide / sturz geszt radsturz fahrradsturz unfall aufprall zusammenstoss geflogen hingefallen hinterkopf
    kopfstoss angestossen geknallt aufgeschlagen / schlaefrig* benommen wuerge wuergen kotz* gekotzt uebergeben
    erbroch* erinnere erinnerung gedaechtnis* duselig bewusst* doppelt droehnt
head_injury wide / sturz geszt radsturz fahrradsturz unfall aufprall zusammenstoss geflogen hingefallen hinterkopf
    kopfstoss angestossen geknallt aufgeschlagen / schlaf schlafe / dauernd staendig / ein / !durch
head_injury / nase ohr ohren / fluessigkeit
head_injury / kopf hinterkopf schlaefe stirn schaedel / geflogen aufgeschlagen geknallt gedonnert gekracht geprallt
    angeschlagen gehauen gestossen geszt / !lachen
weight_bearing / huepf* hops* hoppel* / einem / bein
weight_bearing / fuss knoechel arm unterarm handgelenk bein schienbein finger schulter gelenk sprunggelenk / schief
    krumm verdreht ausgekugelt verbogen / steht sieht sturz ist jetzt geszt / !schuh schuhe einlagen
weight_bearing / knochen weisses schienbein wunde / raus guckt schaut rausguckt steht sichtbar heraus
weight_bearing wide / knack knacks geknackt gekracht krach knall geknallt gekracht / dick blau schief geschwollen
    auftreten belasten zehen dunkelblau / !rekord marke nacken ruecken
weight_bearing denied / zehen zehenspitzen fersenstand / komm komme stehen stand hoch / !hochziehen
nerve wide / {back} / hose pinkeln abwischen blase stuhl wasserlassen einnaess* untenrum intim* genital* damm after
    / !zu kaputte schnell
nerve wide denied / {back} / halten merk merke spuer spuere gespuert / muss mehr klo pipi hintern unten / !schmerz*
    besser
nerve denied / zehen fuss vorfuss bein beine / hochziehen gehorcht gehorchen anheben heben ansteuern hochheben
nerve / fuss fuesse vorfuss bein / schleift schleifen nachziehen nachzieh* klatscht / !schuh bremse gruppe training
allergy / zunge lippen lippe kehle gesicht / schwell* schwillt geschwollen dick dicke zugeschwollen angeschwollen
    anschwell* / !zahn zahnarzt boxen ball
allergy / hals rachen kehle / zugegangen zugeschnuert* zuschwell* zuschwillt zugeschwollen / !jacke kragen
    reissverschluss
allergy wide / riegel gel nuss nuesse nusse essen gegessen wespe biene gestochen ausschlag juckt quaddeln
    medikament* tablette* antibiotik* ibu / hals kehle zunge lippen augen gesicht atmen / eng enger dick zu
    zugeschwollen geschwollen schwell* schwillt pfeif* gepfiffen / !socken schuhe hose schal
allergy wide / stich wespe biene wespenstich bienenstich gestochen hornisse / mund hals zunge schluck* luft
    schwindel* ausschlag quaddel* schwill* atm* / !brust knie wade seite seitenstechen schmerz
allergy / augen lider / zugeschwollen zuschwellen
pregnancy wide / schwanger schwangere schwangerschaft* ssw woche monat babybauch trimester trimenon / slip blut
    blute blutung* schmierblut* tropft tropfen fruchtwasser warmes wehen kontraktion* roetlich* / !nase knie periode
    regel tage stillen schweiss regen
pregnancy wide / schwanger* schwangerschaft* ssw woche monat babybauch trimester / bauch unterleib unten / hart
    harter kraempfe krampf* wellen zieht wehen / !training uebung*
pregnancy / baby kind kleine kleiner bauchzwerg strampel* treten tritte kindsbewegung* bauch / strampel* bewegt
    tritt treten tritte bewegungen gespuert spuere spuer still ruhig / kaum weniger nicht nichts wenig still selten
    keine kein / !schlaf* traegt wagen kinderwagen zunehmen mitbewegt schmerz* hunger
pregnancy wide / ssw schwanger woche monat trimester / treten tritte strampeln bewegungen kindsbewegungen / weniger
    kaum
pregnancy / bauch / still / geworden ist so
crisis / schluss / machen / wollte will moechte / !training lauf laufen rennen km heute frueh beziehung freund
    freundin chef job rauchen uebung* mit
crisis wide / bruecke gleise gleisen / stand stehe steh / ueberlegt ueberlege nachgedacht
crisis / bruecke gleise gleisen dach balkon / springen ueberlegt spring gesprungen / !hopser wasser parkour
crisis / schritt / auto zug gleise gleis laster lkw abgrund / ruhe denk denke vors vor / !halten tempo rueckwaerts
crisis / tabletten pillen schlaftabletten / bereitgelegt gesammelt zurechtgelegt gehortet
crisis / will moechte wollte / mir mich / weh schaden verletzen / tun wehtun zufuegen verletzen schaden
crisis / ohne / mich / leichter besser gluecklicher einfacher dran / !staffel team gruppe
crisis wide / woche morgen bald naechste wozu / nicht / mehr / bin / eh sowieso / !hier daheim urlaub zuhause krank
crisis / nur / noch / weg / sein will / !urlaub wochenende stress
crisis / besser leichter / ich / nicht / da / waere waer bin
crisis / geritzt ritze ritzen / mich wieder gestern arm heute hab / !knie dornen brombeer* strauch ast rinde haut
    baum
crisis / mir mich / angetan antun anzutun / was etwas
"""
