"""More German wordings of the same meanings: everyday, young and old, as typed and as dictated.

The rule of this file: data alone, as in `german`; a wording stands here once, for all people who may use it.
"""

from __future__ import annotations

FLAGS = {
    "COLDSWEAT": "kalter schweiss, kaltem schweiss, kalten schweiss, kaltschweissig, schweiss ausgebrochen",
    "red_flag:faint": (
        "sterne gesehen, sterne vor, kopf dreht sich, karussell, drehschwindel, schummrig, schwummrig, auf dem "
        "boden aufgewacht, am boden aufgewacht, auf dem boden gelegen, am boden gelegen, lag auf dem boden, lag am "
        "boden, lag auf der bahn, lag auf der strasse, lag ploetzlich, kurz weg gewesen, war kurz weg, kurz "
        "komplett weg, komplett weg war, war komplett weg, weg gewesen nach, k o gegangen, zappenduster, alles "
        "schwarz, alles dunkel, alles wurde dunkel, lichter aus, licht aus, filmriss, nicht ansprechbar, nicht "
        "mehr ansprechbar, zusammengesunken, kreislaufkollaps, kreislaufzusammenbruch, kreislauf zusammen, "
        "kreislauf war weg, kreislauf weggesackt, kreislauf versagt, beine weggesackt, knie weggesackt, "
        "weggewesen, schwarz vor die augen, aus den latschen, ohnmaechtig, bewusstsein, zusammen gebrochen, um "
        "gekippt"
    ),
    "COLLAPSE": (
        "sackte, klappte, brach, sank, kippte, fiel, sacke, klappe, breche, kippe, sackt, klappt, bricht, kippt"
    ),
    "red_flag:breathless": (
        "nach luft japsen, luft japsen, japsen, japse nach, hechle, hechel, kann nicht flach liegen, keine luft "
        "bekommen, keine luft gekriegt, kriege keine luft, krieg kaum luft, bekam keine luft, bekam kaum luft, "
        "kriegte keine luft, kriegte kaum luft, nicht luft, ringen nach luft, um luft ringen, luft bleibt mir weg, "
        "luft blieb mir weg, luft bleibt weg, luft geht aus, kann nicht schnaufen, kann kaum schnaufen, schwer "
        "schnaufen, atmen schwer, nicht tief einatmen, nicht durchatmen"
    ),
    "FLUTTER": (
        "macht spruenge, springen, huepft, huepfen, aussetzt, setzt immer wieder, setzt kurz, setzte kurz, kurz "
        "aus, unregelmaessige, unrhythmisch, aus dem takt, ausser takt, rumpelt, rumort, bumpert, bummert, "
        "wummert, schlaegt komisch, schlaegt unregelmaessig, schlaegt wild, wie verrueckt, wie wild, "
        "ueberschlaegt, aussetzern, extraschlaege"
    ),
    "red_flag:palpitations": (
        "herzrythmus*, herzstolpern, herzklabaster, herzflimmern, kammerflimmern, puls spielt verrueckt"
    ),
    "red_flag:stroke": (
        "sprache weg, sprache weggeblieben, sprache war weg, sprache verloren, lallte, wort herausgebracht, keinen "
        "satz herausgebracht, kein wort herausgebracht, kein wort mehr, mund haengt, gesicht haengt, gesicht taub, "
        "halbes gesicht, gesicht gelaehmt, wie gelaehmt, arm nicht heben, arm nicht mehr heben, bein nicht heben, "
        "hand nicht heben, arm kraftlos, auge nichts mehr, auge nichts, auge nicht mehr, auf einem auge, sehe auf "
        "einem, doppelt sehen, seh doppelt, seh alles doppelt, vorhang vor, gesichtsfeld, halbe koerper, halber "
        "koerper, eine koerperseite, eine seite gelaehmt"
    ),
    "SPEAK": "sprechen, reden, sprach",
    "red_flag:blood": "cola braun, kaffeesatz, blut im stuhl, blut im klo, blut beim",
    "WASTE": "urin, harn, pipi, stuhl, stuhlgang, klo, pinkeln, pisse, toilette, kacka, auswurf",
    "DARKLY": (
        "cola, braun, brauner, dunkel, dunkler, dunkle, schwarz, schwarzer, tee, rot, roetlich, rostig, dunkelbraun"
    ),
    "red_flag:numb": (
        "beine kaum noch, spuere meine beine, spuer meine beine, ohne gefuehl, gefuehl weg, gefuehl ist weg, "
        "nichts gespuert im, taub geworden"
    ),
    "red_flag:nerve": (
        "pipi nicht halten, urin nicht halten, harn nicht halten, urin nicht mehr halten, wasser nicht mehr "
        "halten, in die hose gemacht, in die hose gepinkelt, gefuehl zwischen den beinen, taub zwischen den "
        "beinen, zwischen den beinen, gefuehl im schritt, taub im schritt, blase nicht mehr kontrollieren, stuhl "
        "nicht halten"
    ),
    "red_flag:crisis": (
        "etwas anzutun, was anzutun, etwas antun, was antun, keine lust mehr zu leben, keine lust auf leben, bock "
        "auf leben, bock mehr auf leben, bock zu leben, lust mehr auf leben, nicht mehr aufwachen, tot sein, waere "
        "lieber tot, lieber tot, alles beenden, leben beenden, meinem leben, vom leben genug, leben satt, nicht "
        "mehr hier sein, nicht mehr da waere, sinn im leben, mich verletzen, verletze mich selbst, leben ist "
        "sinnlos, leben sinnlos, zu leben"
    ),
    "red_flag:allergy": "lippen schwellen, lippen geschwollen, gesicht geschwollen, zunge wird dick, hals wird eng",
    "red_flag:weight_bearing": (
        "kann nicht mehr auftreten, auftreten kann ich, nicht mehr drauf stehen, keinen schritt mehr, kein schritt mehr"
    ),
    "CONFUSED": (
        "voellig wirr, wusste nicht mehr wo, nicht mehr wo ich war, verwirt, konfus, neben der spur, weggetreten"
    ),
    "KNOCK": (
        "gestuerzt, sturz, unfall, gefallen, geknallt, angestossen, gehauen, schlag, zusammenstoss, aufgeprallt, "
        "geschlagen, angehauen, getroffen"
    ),
    "SUDDEN": (
        "aus dem nichts, ploetzlich, ploetzliche, schlagartig, auf einmal, von jetzt auf gleich, wie noch nie, "
        "noch nie so, so schlimm noch nie, so schlimm wars noch nie, wie ein blitz, wie ein donnerschlag, aus "
        "heiterem himmel, jaeh"
    ),
    "SENSOR": "sensor, gurt, uhr, messung, anzeige, geraet, brustgurt, daten, werte, app",
    "BROKEN": "defekt, kaputt, batterie, fehlerhaft, messfehler, ausgefallen",
    "JOY": (
        "vor lachen, vor freude, vor glueck, vor staunen, verliebt, mein crush, bei euren preisen, bei den preisen"
    ),
    "SWOLLEN": "dicker als, doppelt so gross, prall, angelaufen",
}
LIFE = {
    "fatigue:": (
        "wie pudding, beine wie pudding, beine aus pudding, wie gummi, beine wie gummi, ausgelaugter, bin durch, "
        "im arsch, am arsch, kaputt heute, fertig mit der welt, muede von der arbeit, sehr muede, wie gelaehmt vor "
        "muedigkeit, kraefte am ende, koerper ist muede, hundskaputt, streichfaehig, total platt, voellig platt, "
        "arme nicht heben nach, keinen funken energie, total hin, voellig hin, total kaputt, voellig durch, total "
        "durch, voll durch, wie erschlagen, fix und alle, am ende meiner kraefte, geraedert, wie geraedert, wie "
        "tot, totmuede, im stehen einschlafen, batterie leer, batterien leer, wie ausgekotzt, voll fertig, total "
        "fertig, voellig fertig, ohne energie, keinen saft, wie ein zombie, beine tot, tote beine, hinich, voll "
        "muede, total muede"
    ),
    "sleep:bad": (
        "kein aug zugemacht, kaum ein aug zugemacht, kaum ein auge zugemacht, kaum ein auge zu, auge zugemacht, "
        "nicht so gut gepennt, nicht so gut geschlafen, nicht gut gepennt, schlafe nicht gut, schlaf nicht gut, "
        "schlafe gerade schlecht, lange nacht, kurze naechte, wieder wach gewesen, dauernd wach, staendig wach, "
        "oft wach, wenig schlafen"
    ),
    "mood:bad": (
        "nur heulen, koennte heulen, zum heulen, weine, weinen, am tiefpunkt, tieftraurig, niedergedrueckt, "
        "truebsinnig, mut verloren, keine freude, freudlos, depri phase, im loch"
    ),
    "stress:": (
        "kopf steht, wo mir der kopf steht, vor lauter arbeit, viel los in der arbeit, arbeit ohne ende, brennts, "
        "brennt es an, an allen ecken, nervoes, chef schreit, druck vom chef, druck von oben, am rotieren, viel "
        "stress, im stress, voll im stress, ur im stress, stress mit, stress auf, lernstress, abistress, durch den "
        "wind, komme nicht zur ruhe, weiss nicht wo mir der kopf"
    ),
    "illness:cold": ("was eingefangen, etwas eingefangen, rotznase, hals ist entzuendet, halsentzuendung, schnupfnase"),
    "illness:": (
        "flachgelegt, krank geworden, krank im bett, krank seit, sommergrippe, angeschlagen, bin krank, kraenkle"
    ),
    "illness:fever": "grad fieber",
    "cycle:period": "meine tage, erdbeertage, hab die tage, tage und, regel gekommen, besuch von tante",
    "cycle:cramps": "tage und bauchkraempfe, tage und kraempfe, periode und bauchkraempfe",
    "red_s:no_period": (
        "tage sind seit, tage weg, seit monaten keine tage, periode seit monaten, seit monaten keine periode"
    ),
    "shift_work:night": (
        "arbeite nacht, arbeite in der nacht, naechte arbeiten, naechte hintereinander, arbeiten nachts"
    ),
    "shift_work:": "schichten schieben",
    "travel:": (
        "verreisen, wegfahren, fahren weg, fahre weg, im urlaub, in den urlaub, urlaub an, urlaub in, an die "
        "nordsee, an die ostsee, ans meer, in die berge, weg von zuhause, nicht daheim, auf eine huette, auf ein "
        "huette, gehen wir auf"
    ),
    "medication:": (
        "blutdrucktablette, tabletten nehmen, tabletten fuer, pulver, tropfen, spritzen, die pille, antihistaminika"
    ),
    "weight_goal:target": "zielgewicht, wettkampfgewicht, auf gewicht",
    "W:easy": "was gemuetliches, etwas gemuetliches, gemuetliche runde, ruhige runde, lockere runde, eine lockere",
    "HURT": (
        "verknackst, verstaucht, wie beton, wie stein, steinhart, bretthart, ueberlastet, dick geworden, kneift, "
        "beisst, hakt, klemmt, reibt, rebelliert, protestiert, schreit, ueberdehnt, lahmt, knarzt, zerrt, reizt, "
        "krampft, gekrampft, verspannte, verspannungen, muskelverhaertung, ueberreizung, schmerzhafter, macht "
        "sorgen, macht weh, machen weh, mucken, zwackt, bissl weh, spannt sich, zieht sich, ziehts, es zieht, "
        "anlaufschmerz, druckt, tut richtig weh, macht probleme, macht beschwerden, zwickt wieder, zicken, ist "
        "gereizt, gezwackt, piesackt, sticht"
    ),
    "PULLED": "spinnt wieder, zickt rum, macht sich, laeuft nicht rund, ueberreizt, laediert, ramponiert",
    "FINE": "wieder heil, wieder fit, wieder top, alles super, alles bestens, voll belastbar, leiwand, wie frisch",
}
PLAN = {
    "override_request:": (
        "bestimme selbst, bestimme ich selbst, entscheide selbst, entscheide ich selbst, mein koerper meine, sagen "
        "was er will, sagen was sie will, sagen was du willst, nehme die verantwortung, uebernehme die "
        "verantwortung, die verantwortung auf mich, verantwortung liegt bei mir, verantwortung trage ich, trage "
        "die verantwortung, auf meine kappe, egal was du sagst, egal was die app, was die app sagt, was die app "
        "meint, was du sagst ist, mir egal was, lass mich einfach, lass mich doch, lass mich trotzdem, lass mich "
        "halt, ich pack das, drueck mal ein auge zu, gas geben trotz, vollgas egal"
    ),
    "override_request:warnings": (
        "auf schonen, lust auf schonen, keine lust auf schonen, nicht schonen, keine schonung, schonung ist, "
        "sperre auf, sperre weg, sperre raus, sperre aufheben, warnmodus aus, schonmodus aus"
    ),
    "override_request:limit": (
        "als erlaubt, als du erlaubst, limit rauf, limit hinauf, grenze rauf, limit weg, limit raus, limit aus, "
        "limit abschalten, limit ausschalten, limit aufheben, tempolimit aufheben, deckel weg, begrenzung weg, "
        "begrenzung aufheben, begrenzung abschalten, ohne deckel"
    ),
    "IGNORE": (
        "lass den quatsch, lass den unsinn, lass das getue, lass den scheiss, schenken, dir schenken, kannst du "
        "behalten, heben, vergessen, missachte, missachten, lass weg, gib nichts auf, pfeift auf, weglassen, "
        "uebersieh, schiess auf"
    ),
    "WARN": "schonung, kardiologe, verbot, verbote, vorschrift, vorschriften, ampel, begrenzung",
    "LIMIT": (
        "bremse, bremsen, schutz, hoechstpuls, maximalumfang, modus, filter, begrenzung, obergrenzen, "
        "kilometergrenze, kilometerdeckel"
    ),
    "DAYWORD:wednesday": "mittwochs",
    "ONLY": "laengstens, allerhoechstens, hoechstens noch, nicht laenger, max noch, gerade noch",
    "HAVE": "zeit heute, zeit nur, zeit hab, zur hand",
    "BUSY": (
        "kein training moeglich, kein lauf moeglich, nicht moeglich zu laufen, muss ins spital, muss ins krankenhaus"
    ),
}
ASK = {
    "GO": (
        "gas geben, vollgas, ballern, kette geben, alles geben, auf anschlag, volle pulle, brettern, heizen, "
        "durchziehen, richtig los, alles raus, voll durch, knallen, abziehen, volles rohr, vollgas geben, voll "
        "reinhauen"
    ),
    "OFF": "aus, weg, raus, abschalten, ausschalten, ausmachen, abstellen, entsperren, freischalten, rausnehmen",
    "PERMIT": "erlaub, erlaube, erlauben, genehmige, genehmigen, freigeben, freischalten, gestatte, gestatten",
    "SPARE": "schonen, schone, schonung, ausruhen, zurueckhalten, zuruecknehmen, bremsen",
    "ANYWAY": "hin oder her, na und, und wenn schon, dann eben, so oder so, ob verletzt oder nicht, weh oder nicht",
    "LET": "erlaube mir, erlauben sie mir, genehmige mir, trag mir, setz mir, stell mir",
}
BODY = {
    "NIGHT": "letzte nacht, heute nacht, diese nacht, vergangene nacht, letzter nacht, nachts nur, die nacht nur",
    "BREATHIN": "einatmen, luftholen, luft hole, luft holen, atemzug, tief atmen, tief atme, jedem atemzug",
    "FINE": (
        "macht keine beschwerden, beschwerden weg, macht keine probleme, macht wieder alles mit, wie vorher, "
        "wieder ganz"
    ),
}
LINKS = {
    "SPLIT": "seit dem unfall, seitdem ich, so dass, sodass, drum, darum muss ich",
    "OTHER": (
        "opi, omi, patient, patientin, patienten, chefin, lehrer, lehrerin, nachbarsjunge, bub, dirndl, grosser, "
        "der grosse, die kleine, der kleine, schwiegereltern, stiefvater, bruders, schwesterherz, lebenspartner, "
        "trainerin meine"
    ),
    "NEUTRAL": (
        "herz in die hose, herz in der hose, am herzen, auf dem herzen, ans herz, herz erobert, herz gebrochen, "
        "herz aufgegangen, geht das herz auf, herz schlaegt fuer, schlaegt mein herz fuer, herz gehoert, von "
        "ganzem herzen, herz verloren, schweren herzens, herz aus gold, herz lacht, herzinfarkt als ich, "
        "atemberaubend, verschlaegt mir den atem, sprache verschlagen, umgefallen vor lachen, vor lachen "
        "umgefallen, vor lachen fast umgefallen, totgelacht, kaputtgelacht, bankdruecken, brustmuskel trainiert, "
        "brustmuskeltraining, brust trainiert, brust gemacht, brust op, brust spannt vom, gurt zwickt, der gurt, "
        "brustgurt gewechselt, fast umgebracht"
    ),
}
TABLES = (FLAGS, LIFE, PLAN, ASK, BODY, LINKS)
