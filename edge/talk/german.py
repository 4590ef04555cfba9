"""The German words of the grammar: for each meaning, the phrases that carry it, with ae, oe, ue and ss.

The rule of this file: data alone, as in `english`; a phrase without umlaut dots is found as well.
"""

from __future__ import annotations

BODY = {
    "AREA:foot": (
        "fuss, fuesse, fuessen, ferse, fersen, zeh, zehe, zehen, sohle, fusssohle, fusssohlen, vorfuss, mittelfuss, "
        "fussgewoelbe, grosszeh, grosser zeh, grosse zeh, spann, fussballen, fussruecken"
    ),
    "AREA:foot HURT": "plantarfasziitis, plantarfaszie, fersensporn, blase, blasen, hallux, blauer zehennagel",
    "AREA:ankle": "knoechel, sprunggelenk, sprunggelenke, fussgelenk, fussknoechel, fussgelenke, knoecheln",
    "AREA:achilles": "achillessehne, achillessehnen, achilles",
    "AREA:shin": "schienbein, schienbeine, schienbeinen, schienbeinkante, schienbeins, schienbeinmuskel",
    "AREA:shin HURT": "schienbeinkantensyndrom, shin splints, knochenhautentzuendung, knochenhautreizung",
    "AREA:calf": "wade, waden, wadenmuskel, unterschenkel, wadenmuskulatur",
    "AREA:knee": (
        "knie, knien, knies, kniescheibe, kniekehle, meniskus, kreuzband, patella, patellasehne, iliotibialband, "
        "itband, innenband, aussenband, kniegelenk, knieinnenseite, knieaussenseite"
    ),
    "AREA:knee HURT": "laeuferknie, itbs, runners knee",
    "AREA:hamstring": (
        "beinbeuger, hinterer oberschenkel, hinteren oberschenkel, hinterem oberschenkel, hintere oberschenkel, "
        "oberschenkelrueckseite, hamstring, hamstrings, rueckseite oberschenkel, rueckseite vom oberschenkel, "
        "rueckseite des oberschenkels, hintere oberschenkelmuskulatur, oberschenkel hinten, oberschenkels hinten, "
        "oberschenkelbeuger, hinten am linken oberschenkel, hinten am rechten oberschenkel, hinten am oberschenkel, "
        "hinten im oberschenkel, hinten im linken oberschenkel, hinten im rechten oberschenkel, rueckseite meines "
        "oberschenkels, ischiocrural*"
    ),
    "AREA:quad": (
        "oberschenkel, oberschenkeln, oberschenkels, quadrizeps, vorderer oberschenkel, vorderen oberschenkel, "
        "oberschenkelmuskel, oberschenkelvorderseite, quads, quad"
    ),
    "AREA:groin": "leiste, leisten, adduktor*, schambein, leistengegend, oberschenkelinnenseite",
    "AREA:hip": (
        "huefte, hueften, hueftbeuger, gesaess, po, pobacke, hintern, piriformis, isg, iliosakralgelenk, becken, "
        "hueftgelenk, gesaessmuskel, popo"
    ),
    "AREA:back": (
        "ruecken, kreuz, wirbelsaeule, lendenwirbel, lws, steissbein, bws, unterer ruecken, unteren "
        "ruecken, rueckens, "
        "lendenbereich, bandscheibe"
    ),
    "AREA:back HURT": "ischias, hexenschuss, bandscheibenvorfall",
    "AREA:shoulder": "schulter, schultern, schulterblatt, schluesselbein",
    "AREA:chest": "brust, brustbein, brustkorb, herzgegend, brustkasten, brustraum, brustbereich",
    "AREA:head": "hinterkopf, kopf, stirn, schlaefe, schlaefen",
    "AREA:head HURT": "kopfschmerzen, kopfschmerz, kopfweh, migraene, brummschaedel",
    "AREA:throat": "hals, rachen",
    "AREA:other": (
        "nacken, handgelenk, handgelenke, ellbogen, ellenbogen, hand, haende, finger, daumen, rippe, rippen, bauch, "
        "magen, unterarm, brustwarze*, ohr, auge, zahn, haut"
    ),
    "AREA:other HURT": "seitenstechen, seitenstiche, wundgescheuert, wundgelaufen",
    "AREA:arm": "arm, arme, armen",
    "AREA:jaw": "kiefer, unterkiefer",
    "AREA:leg": "bein, beine, beinen, beins",
    "SIDE:left": "links, linke, linken, linkes, linker, linkem, li, linksseitig, linksseitige, lks",
    "SIDE:right": "rechts, rechte, rechten, rechtes, rechter, rechtem, re, rechtsseitig, rechtsseitige",
    "SIDE:both": "beide, beiden, beider, beides, beidseitig, beidseits, auf beiden seiten",
    "HURT": (
        "druckgefuehl, spannungsgefuehl, ziehendes, weh, tut weh, tun weh, tat weh, wehtut, wehtun, "
        "wehgetan, schmerz, "
        "schmerzen, schmerzt, schmerzte, schmerzend*, schmerzhaft, schmerzhafte, zwickt, zwicken, gezwickt, zieht, "
        "ziehen, zwackt, zog, sticht, stechen, stich, stiche, stechend*, brennt, brennen, drueckt, druck, gezerrt, "
        "zerrung, verstaucht, umgeknickt, verdreht, verrenkt, verhaertet, verhaertung, verspannt, verspannung, "
        "entzuendet, entzuendung, gereizt, reizung, krampf, kraempfe, krampft, geschwollen, schwellung, steif, fest, "
        "hart, hart wie, probleme, problem, beschwerden, meldet sich, meldet sich wieder, macht mucken, macht aerger, "
        "aerger, zickt, muckt, pocht, pochen, pulsiert, empfindlich, druckempfindlich, blockiert, "
        "verletzt, verletzung, "
        "prellung, geprellt, gestaucht, autsch, aua, qual, schmerzempfindlich, engegefuehl, beklemmung, enge, eng, "
        "elefant, nervt mich, plagt mich, macht zicken, meckert, jammert, zu schaffen, gerissen, faserriss, "
        "muskelfaserriss, schnuerung, schwer wie, ziept, ziepen, piekst, pieksen, piekt, zerren, wehweh, wehwehchen, "
        "spannt, spannen, maul*, murrt, streikt, zuckt, knackt, knirscht, ueberlastet, ueberlastung, wund, "
        "zugeschnuert, bringt mich um, macht sich bemerkbar, spuere, spuer, gespuert, tut mir weh, "
        "weh getan, weh tun, "
        "weh tut, schmerzn, wehe, verkrampft, dicht, macht zu, zumacht, verzogen, verhoben, reisst, angeschlagenes, "
        "kribbelig, sehnenscheidenentzuendung, tendinitis, tendinopathie, schmerzlich, geprellte, kaputt, hurts"
    ),
    "PULLED": (
        "zickt, schlimm, schlimmer, schlecht, schlechter, stimmt was nicht, stimmt etwas nicht, irgendwas stimmt, "
        "stimmt, irgendwas ist mit, was ist mit, mies, uebel, uebler, spinnt, muckt, komisch, mist, "
        "instabil, wackelig, "
        "wacklig, nicht rund, unrund, besser, verbessert, dick, zu, hinueber, im eimer, macht schlapp, gibt nach, "
        "knickt weg, faengt wieder an, faengt an, seltsam, doof, bloed, faengt wieder"
    ),
    "FINE": (
        "gut, ok, okay, in ordnung, super, normal, bestens, top, prima, schmerzfrei, beschwerdefrei, gesund, wohlauf, "
        "stabil, toll, ruhig, einwandfrei, klasse, alles gut, alles ok, tiptop, tipptopp, spitze, unauffaellig, keine "
        "probleme, keine beschwerden, problemlos, perfekt, nicht schlecht, fit, hervorragend, fein, schmerzlos, "
        "fantastisch, ohne probleme, haelt, macht mit, wie neu, brav, friedlich, stark, locker, mir gut, rund, heil, "
        "intakt, ausgezeichnet, wunderbar, paletti"
    ),
    "FREE": "schmerzfrei, beschwerdefrei, schmerzlos",
    "GONE": (
        "weg, bin ich los, bin los, ist los, hab ich hinter mir, verschwunden, ausgeheilt, geheilt, verheilt, "
        "abgeheilt, vorbei, ueberstanden, erledigt, auskuriert, wiederhergestellt, verflogen, vergangen, geschichte, "
        "gelegt, abgeklungen, kuriert, hinter mir, passe, genesen, weggegangen, futsch"
    ),
    "NOTFELT": (
        "nichts mehr gespuert, nichts gespuert, nichts mehr, spuere nichts, spuere ich nichts, merke "
        "nichts, merke ich "
        "nichts, nicht mehr gespuert, spuere kein, merk nix, spuer nix, nix mehr, nichts zu spueren, nix gespuert, "
        "nicht mehr bemerkt, nicht gespuert"
    ),
    "NOW": "wieder, jetzt, mehr, heute, inzwischen, mittlerweile, nun, seitdem, jetz, wieda",
    "SEV:1": (
        "kaum, kaum noch, minimal, minimale, minimaler, ganz leicht, ganz leichte, fast nicht, fast "
        "keine, fast nichts, "
        "fast gar nicht, hauchzart, ein klein bisschen, fast nicht mehr, nur minimal"
    ),
    "SEV:2": (
        "leicht, leichte, leichter, leichtes, leichten, ein bisschen, bisschen, etwas, ein wenig, "
        "wenig, bissl, bissel, "
        "bisserl, ein bissl, schwach, schwache, dezent, gering, geringe, klein, kleine, kleines, kleiner, n bisschen, "
        "bisle, bischen, ein bischen, minimales"
    ),
    "SEV:5": (
        "mittelstark, mittelstarke, mittlere, mittel, maessig, maessige, mittelmaessig, moderat, moderate, ziemlich, "
        "mittelschwer, einigermassen, mittelschwere, recht, deutlich, deutliche"
    ),
    "SEV:7": (
        "stark, starke, starker, starkes, starken, heftig, heftige, heftiger, heftiges, heftigen, schlimm, schlimme, "
        "sehr, richtig, richtig schlimm, sehr stark, sehr starke, boese, uebel, arg, arge, kraeftig, "
        "ordentlich, doll, "
        "total, intensiv, intensive, so schlimm, ganz schoen, echt, voll, krass, fies, fiese, fieser, "
        "scharf, scharfe, "
        "scharfer, ueble, sau, richtig stark, richtig starke"
    ),
    "SEV:9": (
        "schrecklich, schreckliche, unertraeglich, unertraegliche, hoellisch, hoellische, extrem, extreme, furchtbar, "
        "furchtbare, fuerchterlich, fuerchterliche, wahnsinnig, wahnsinnige, massiv, massive, staerkste, brutal, "
        "brutale, mega, irrsinnig, haemmernd*, rasend*, moerderisch, moerderische, wie hoelle, wie "
        "die hoelle, wie sau, "
        "mordsmaessig, saumaessig, extrem stark, extrem starke, bringt mich um, kaum auszuhalten, nicht auszuhalten, "
        "grausam, entsetzlich, entsetzliche, grauenhaft, grauenhafte"
    ),
}
WHEN = {
    "SIT:worse": "schlimmer, wird schlimmer, immer schlimmer, verschlimmert, zunehmend, immer staerker",
    "SIT:swollen": "geschwollen, angeschwollen, schwellung, schwillt, dick, geschwollene",
    "SIT:limping HURT": "hinke, hinken, humple, humpeln, gehumpelt, gehinkt, humpelnd",
    "SIT:downhill": (
        "bergab, bergablaufen, abstieg, abwaerts, runterlaufen, beim abstieg, hinunter, downhill, downhills, "
        "bergrunter, runter, bergabwaerts, abstiegen, beim bergablaufen, berg runter, den berg runter, gefaelle, berg "
        "hinunter, hinab, bergabgehen, bergabpassagen, bergab laufe, runterwaerts, absteigen, talwaerts"
    ),
    "SIT:uphill": (
        "bergauf, anstieg, anstiegen, bergauflaufen, aufwaerts, steigung, steigungen, bergan, aufstieg, hoch, hinauf, "
        "den berg hoch, berg hoch, bergaufgehen, beim bergauflaufen, uphill, bergaufpassagen, am berg, rauf, "
        "aufstiegen, den berg rauf, berg rauf, beim anstieg, anstiege"
    ),
    "SIT:stairs": (
        "treppe, treppen, treppensteigen, stufen, treppab, treppauf, treppenlaufen, treppe runter, "
        "treppe hoch, treppe "
        "hinunter, treppen runter, treppen hoch, treppen steigen, treppenhaus, treppe rauf, treppensteige, treppe "
        "hinauf"
    ),
    "SIT:running": (
        "beim laufen, beim joggen, waehrend des laufs, wenn ich laufe, beim lauf, wenn ich jogge, laufe, beim rennen, "
        "unterwegs, waehrend dem lauf, sobald ich laufe, waehrend ich laufe, waehrend des laufens, jedes mal wenn ich "
        "laufe, immer wenn ich laufe, wenn ich renne, waehrend dem laufen, im lauf, bei jedem lauf, bei belastung, "
        "unter belastung, beim training, waehrend des trainings, beim sport"
    ),
    "SIT:walking": (
        "beim gehen, gehen, spazieren, beim spazieren, wenn ich gehe, beim spazierengehen, "
        "spaziergang, gehe, im gehen, "
        "auftreten, beim auftreten, beim spaziergang"
    ),
    "SIT:rest": (
        "in ruhe, im liegen, ruhe, liegen, liegend, auf dem sofa, auf der couch, liege, wenn ich "
        "liege, im ruhezustand, "
        "beim liegen, im ruhen, beim nichtstun, ohne belastung, ruhend, ruhig sitzen"
    ),
    "SIT:sitting": (
        "im sitzen, sitzen, vielen sitzen, wenn ich sitze, sitze, am schreibtisch, beim sitzen, beim rumsitzen, "
        "rumsitzen, autofahren, beim "
        "autofahren, nach langem sitzen, vom sitzen, schreibtisch, hinsetzen"
    ),
    "SIT:standing": "im stehen, beim stehen, stehen, wenn ich stehe",
    "SIT:morning": (
        "morgens, am morgen, heute morgen, aufstehen, nach dem aufstehen, heute frueh, frueh, morgends, in der frueh, "
        "bei den ersten schritten, ersten schritten, ersten schritte, den ersten schritten am morgen, beim aufstehen, "
        "jeden morgen, frueh morgens, morgens nach dem aufstehen, morgens beim aufstehen, beim aufwachen, nach dem "
        "aufwachen, ersten schritten morgens, ersten schritten am morgen, morgens bei den ersten schritten"
    ),
    "SIT:night": "nachts, in der nacht, im bett, ueber nacht, beim schlafen, nacht, waehrend der nacht",
    "SIT:start": (
        "am anfang, zu beginn, beim loslaufen, ersten km, ersten kilometer, im ersten km, anfangs, beim warmlaufen, "
        "beim einlaufen, ersten minuten, auf dem ersten kilometer, beim start, in den ersten minuten, auf den ersten "
        "kilometern, ersten kilometern, im ersten kilometer, anlaufen, beim anlaufen, zum start, loslaufen, erster "
        "kilometer, ersten metern"
    ),
    "SIT:after": (
        "nach dem lauf, nach dem laufen, danach, hinterher, nachher, nach laengeren laeufen, nach "
        "langen laeufen, nach "
        "dem rennen, nach jedem lauf, nach dem training, am naechsten tag, nach laeufen, nach dem joggen, nach dem "
        "wettkampf, tag danach, nach belastung, am tag danach, nach der einheit, im anschluss, wenn "
        "ich aufhoere, nach "
        "meinem lauf, nach dem marathon, nach dem langen lauf, nachm laufen, nach dem halbmarathon, nach dem sport"
    ),
    "SIT:during": (
        "nach etwa, ab km, ab kilometer, mittendrin, zur haelfte, gegen ende, am ende, nach ca, ab der haelfte, nach "
        "ein paar, nach ungefaehr, km vor schluss"
    ),
    "SIT:long": (
        "langen laeufen, langen lauf, lange laeufe, langer lauf, bei langen laeufen, langen strecken, lange strecken, "
        "laengeren laeufen, beim langen lauf, langen laeufe, seit dem langen lauf, longrun, lange lauf, langem lauf, "
        "laengere laeufe, long run"
    ),
    "SIT:fast": (
        "sprinten, sprint, sprints, schnell, intervallen, intervalle, tempolauf, schnell laufe, beim sprinten, bei "
        "intervallen, beim tempolauf, tempo, schnellen laeufen, bei schnellem tempo, hohem tempo, "
        "schneller, schnellen "
        "passagen, tempolaeufen, beschleunigen, intervalltraining, beim intervalltraining, beim abdruecken, abdruck, "
        "tempolaeufe, steigerungslaeufe, bei tempo, beim beschleunigen, tempotraining, hoeherem tempo"
    ),
    "SIT:touch": (
        "bei beruehrung, beruehrung, auf druck, wenn ich drauf druecke, beim abtasten, bei druck, wenn ich "
        "draufdruecke, beim druecken"
    ),
    "SIT:jumping": "springen, huepfen, sprung, landen, aufkommen, beim springen, beim huepfen, beim landen, aufprall",
    "SIT:bending": (
        "beugen, beim beugen, buecken, hocke, kniebeuge, kniebeugen, knien, in die hocke, beim buecken, in der hocke, "
        "beim dehnen, beim knien, ausfallschritt, ausfallschritten, beim hinknien"
    ),
}
FLAGS = {
    "red_flag:faint": (
        "ohnmaechtig, ohnmacht, umgekippt, bewusstlos, bewusstsein verloren, kollabiert, kollaps, zusammengebrochen, "
        "zusammengeklappt, schwarz vor augen, schwarz vor den augen, sternchen gesehen, sternchen vor, sternchen, "
        "schwindlig, schwindelig, schwindel, schwindelanfall, schwummrig, schwummerig, duselig, umgefallen, synkope, "
        "blackout, benommen, weggetreten, weggeknickt und, kippe um, fast umgekippt, weggesackt, flimmern vor, dreht "
        "sich alles, alles dreht sich, das bewusstsein, sternchen vor den augen, umkippe, umzukippen, umkippen, "
        "tunnelblick, drehte sich alles, alles drehte sich, zusammengesackt, abgeklappt, schwarz geworden, "
        "bewusstlosigkeit, wurde schwarz, wird schwarz, flau im kopf, weggeklappt"
    ),
    "red_flag:breathless": (
        "atemnot, kurzatmig, kurzatmigkeit, luftnot, keine luft, kaum luft, rang nach luft, nach luft gerungen, ringe "
        "nach luft, schwer luft, schlecht luft, bekomme keine luft, krieg keine luft, atemlos, nach luft schnappen, "
        "schnappe nach luft, atembeschwerden, atemprobleme, kann nicht atmen, kann kaum atmen, schwierigkeiten beim "
        "atmen, erstick*, kann nicht richtig atmen, keuche, roechel*, luft weg, die luft weg, blieb "
        "die luft, zu wenig "
        "luft, nicht genug luft, schwer zu atmen, blaue lippen, lippen sind blau, nach luft, nicht "
        "richtig luft, atmen "
        "faellt, kaum atmen, nicht mehr atmen, nicht atmen, probleme beim atmen, probleme mit dem atmen, nicht "
        "durchatmen, lippen blau, wenig luft, luft bekomm*, atmen tut weh, nimmer schnaufen, schwer "
        "atmen, atme schwer, "
        "pfeifende atmung, keine luft mehr, atemaussetzer, kurze luft, luftmangel"
    ),
    "OUTOFBREATH": "ausser atem, geschnauft, schnaufe, schnaufen, aus der puste, ausser puste, keine puste, puste",
    "red_flag:palpitations": (
        "herzrasen, herzstolpern, herzklopfen, herzflattern, herzrhythmusstoerung*, herzrhythmus, vorhofflimmern, "
        "arrhythmie, herzaussetzer, extrasystolen, aussetzer, tachykardie, puls unregelmaessig, "
        "unregelmaessiger puls, "
        "unregelmaessigen puls, unregelmaessiger herzschlag, unregelmaessigen herzschlag, "
        "palpitationen, herzstolperer, "
        "herzpoltern, herzschlag unregelmaessig, herz rast"
    ),
    "HEART": "herz, puls, herzschlag, herzfrequenz, pumpe, hf, herzens",
    "FLUTTER": (
        "rast, raste, rasen, stolpert, stolperte, stolpern, flattert, flatterte, flattern, setzt aus, setzte aus, "
        "aussetzt, haemmert, klopft, unregelmaessig, gesprungen, springt, pocht, spinnt, verrueckt, bis zum hals, "
        "holpert, holperte, komisch, ausgesetzt, schlaegt wild, galoppiert, schlaegt, durchdreht, dreht durch, "
        "hochgeschossen, schiesst hoch, seltsam, gerast, gestolpert, pochte, haemmerte, klopfte, schoss, geflattert, "
        "poltert, aussetzer"
    ),
    "red_flag:heart": (
        "herzinfarkt, infarkt, herzanfall, herzstillstand, angina pectoris, angina, "
        "herzmuskelentzuendung, herzattacke, "
        "herzinsuffizienz, myokarditis"
    ),
    "red_flag:stroke": (
        "sehe alles doppelt, ploetzlich doppelt, alles doppelt, doppelt sehe, schlaganfall, lallen, "
        "gelallt, lalle, mundwinkel, gesichtslaehmung, gelaehmt, laehmung, "
        "laehmungserscheinungen, krampfanfall, doppelbilder, sehe doppelt, sehstoerung, sehstoerungen, konnte nicht "
        "sprechen, kann nicht sprechen, nichts mehr gesehen, verwaschen, verwaschene sprache, halbseitig, "
        "sprachstoerung*, staerksten kopfschmerzen, staerkste kopfschmerzen, schlimmsten kopfschmerzen, schlimmste "
        "kopfschmerzen, sehe verschwommen, verschwommen, vernichtungskopfschmerz, epileptischer, nicht mehr sprechen, "
        "doppelt gesehen, keine worte, sehverlust, donnerschlagkopfschmerz, gesichtshaelfte, koerperhaelfte, nicht "
        "richtig sprechen, ploetzlich blind, nichts mehr sehen, sehe nichts, ploetzlich starke kopfschmerzen, "
        "ploetzliche starke kopfschmerzen, haengt herunter, kann nicht mehr reden, nicht mehr reden"
    ),
    "red_flag:blood": (
        "bluthusten, blut gehustet, huste blut, blut gespuckt, spucke blut, blut erbrochen, blut im urin, blut im "
        "stuhl, blutiger urin, blutigen urin, dunkler urin, brauner urin, urin ist braun, urin ist "
        "dunkel, urin braun, "
        "urin dunkel, cola urin, blutiger auswurf, blut gepinkelt, blutiges, erbreche blut, blutigen auswurf, "
        "colafarbener urin, colafarben, schwarzer stuhl, dunklen urin, braunen urin, rosa schaum, blutiger stuhl, "
        "teerstuhl, blutigen stuhl, blutigen husten, blutiger husten, urin wie cola, pinkle blut, pinkel blut, "
        "schwarzen stuhl, blutig"
    ),
    "BLOOD": "blut",
    "COUGH": "husten, huste, gehustet, hustete, auswurf, abgehustet, gespuckt, hust",
    "red_flag:numb": (
        "taub, taubheit, taubheitsgefuehl, kribbeln, kribbelt, kein gefuehl, gefuehllos, ameisenlaufen, gefuehl "
        "verloren, eingeschlafen, schlaeft ein, pelzig, gefuehl mehr, keinerlei gefuehl, einschlaeft, "
        "kribbelte, nichts "
        "mehr im, gefuehl im, taubes, tauben, taube, schlafen ein, kraftlos, keine kraft mehr im, kraftverlust, nicht "
        "mehr spuere, spuere ich nicht, spuere nicht mehr, ameisen, kribbelgefuehl, fussheber, fussheberschwaeche"
    ),
    "red_flag:nerve": (
        "blase nicht kontrollieren, blasenkontrolle, reithosen*, einnaessen, eingenaesst, kann nicht pinkeln, wasser "
        "nicht halten, inkontinen*, kann kein wasser lassen, darmkontrolle"
    ),
    "red_flag:crisis": (
        "nicht mehr da sein, nicht mehr weiterleben, will nicht mehr leben, keinen sinn mehr zu leben, "
        "umbringen, suizid*, selbstmord, nicht mehr leben, das leben nehmen, sterben, lebensmuede, mir "
        "was antun, mir "
        "etwas antun, leben keinen sinn, selbst verletzen, ritze mich, ohne mich besser dran"
    ),
    "red_flag:allergy": (
        "anaphyla*, hals schwillt, zunge schwillt, rachen schwillt, nesselsucht, quaddeln, nesselausschlag, zunge "
        "geschwollen, gesicht schwillt, geschwollene zunge, hals zugeschwollen, hals zuschwillt, hals zu, kehle zu"
    ),
    "red_flag:head_injury": (
        "gehirnerschuetterung, auf den kopf gefallen, kopf gestossen, kopf angeschlagen, auf den kopf geknallt, "
        "schaedelhirntrauma, schaedel hirn trauma, schaedel - hirn - trauma, schaedelbruch, "
        "schaedelbasisbruch, schaedelprellung, schaedel geprellt, kopf aufgeschlagen, kopfverletzung, mit dem kopf "
        "auf, mit dem kopf gegen"
    ),
    "red_flag:heat": (
        "schwitze nicht mehr, nicht mehr geschwitzt, hitzschlag, sonnenstich, hitzekollaps, "
        "hitzeerschoepfung, schwitze "
        "nicht, nicht mehr schwitze, nicht mehr schwitzen, schwitze gar nicht, haut heiss und trocken, haut ist heiss "
        "und trocken, aufgehoert zu schwitzen, schwitze kaum noch, schwitze ueberhaupt nicht, trockene heisse haut, "
        "heisse trockene haut, haut trocken und heiss, nicht geschwitzt, schwitze nimmer, hoere auf zu schwitzen"
    ),
    "SWEAT": "schweiss, schwitze, schwitzen, geschwitzt, verschwitzt, schwitzte",
    "red_flag:weight_bearing": (
        "nicht auftreten, nicht belasten, nicht mehr auftreten, nicht mehr belasten, nicht belastbar, "
        "kann nicht gehen, "
        "kann nicht mehr gehen, nicht mehr gehen, kaum auftreten, auftreten geht nicht, auftreten "
        "unmoeglich, auftreten "
        "nicht moeglich, kann kaum gehen, kein gewicht, kann nicht laufen vor schmerz*, gar nicht "
        "auftreten, ueberhaupt "
        "nicht auftreten, nicht drauf stehen, nicht darauf stehen, nicht draufstehen, kaum belasten, "
        "traegt mich nicht, "
        "knochen schaut, nicht richtig auftreten, nimmer auftreten, auftreten kann ich nicht, "
        "belasten kann ich, keinen "
        "schritt, kein auftreten, auftreten ist nicht, auftreten ist unmoeglich, auftreten klappt nicht, nicht voll "
        "belasten, nicht mehr stehen, nicht stehen, belasten unmoeglich, belasten ist unmoeglich, belastung nicht "
        "moeglich, belastung unmoeglich, nimmer belasten, nimmer gehen, mehr belastbar, belasten geht nicht, keine "
        "belastung moeglich, nicht aufsetzen, sackt weg, sackt mir weg, kaum mehr gehen, kaum noch gehen, kaum noch "
        "auftreten, kaum mehr auftreten"
    ),
    "WEIGHT": "belasten, auftreten, belastung, aufsetzen, draufstehen",
    "POP": "geknallt, knall, geschnalzt, peitschenknall, geknackt",
    "SWOLLEN": (
        "geschwollen, dick, schwillt, schwillt an, angeschwollen, schwellung, dicke, aufgequollen, "
        "geschwollene, prall, "
        "doppelt so dick"
    ),
    "RED": "rot, geroetet, roetung, rote",
    "HOT": "heiss, warm, ueberwaermt, heisse, gluehend, heissen",
    "red_flag:clot": "thrombose, blutgerinnsel, embolie, lungenembolie, beinvenenthrombose",
    "CONFUSED": (
        "verwirrt, wirr, verwirrung, desorientiert, orientierungslos, weiss nicht wo ich bin, nicht "
        "klar denken, wirres "
        "zeug, unsinn rede, kann nicht mehr denken, nicht mehr klar denken, halluzin*, nicht mehr wo ich, "
        "durcheinander, benebelt, nicht wo ich, klaren gedanken"
    ),
    "STAGGER": (
        "torkelig, torkle, taumle, taumeln, torkeln, wie betrunken, betrunken, schwanke, unsicher auf den beinen, "
        "gleichgewicht verloren, laufe schlangenlinien, schlangenlinien, taumelig, gangunsicher*, gleichgewicht, "
        "gangunsicherheit, geradeaus gehen, geradeaus laufen, stolpere, torkelte, taumelte, wackelig auf den beinen, "
        "schwankte, taumel"
    ),
    "ALTITUDE": (
        "hoehe, in der hoehe, hier oben, huette, gipfel, hochgebirge, berghuette, meereshoehe, ueber dem meer, "
        "hoehenlager, die berge, den bergen, berge, bergen, gebirge, alpen, himalaya, anden, meter hoehe, basislager, "
        "hoehenmetern hoehe, oben auf"
    ),
    "red_flag:altitude": (
        "hoehenkrankheit, hoehenkrank, hape, hace, hoehenhirnoedem, hoehenlungenoedem, lungenoedem, hoehenoedem, "
        "bergkrankheit, hirnoedem"
    ),
    "CONTRACTIONS": (
        "wehen, wehe, fruchtblase, kontraktionen, fruchtwasser, vorwehen, bauch wird hart, harter bauch, baby bewegt "
        "sich nicht, kindsbewegungen, bewegt sich nicht mehr, bewegt sich weniger"
    ),
    "BLEED": "blutung, blutungen, blute, blutet, geblutet, schmierblutung*, bluten, blutverlust",
}
TABLES = (BODY, WHEN, FLAGS)
