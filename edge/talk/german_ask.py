"""The German words for asking to set a rule aside, and the small words that join a sentence.

The rule of this file: data alone, as in `german`.
"""

from __future__ import annotations

ASK = {
    "IGNORE": (
        "ignorier, ignoriere, ignorieren, vergiss, ueberspring, ueberspringe, ueberspringen, schalte, abschalten, "
        "ausschalten, deaktivier*, egal, mach dir keine sorgen, keine sorgen, beachte, pfeif auf, pfeife auf, scheiss "
        "auf, scheiss drauf, loesch, loesche, loeschen, entferne, lass mal, schalt, schert mich nicht, interessiert "
        "mich nicht, interessieren mich nicht, ueberhoer*, uebergeh*, kuemmer dich nicht, kuemmere dich nicht, egal "
        "sein, nicht beachten, nicht beruecksichtigen, keine ruecksicht, hoer nicht auf, hoer auf zu, lass die, "
        "kuemmert mich nicht, umgehen, umgeh, umgehe, aushebeln, stell die, stell, stumm, nimm keine ruecksicht, "
        "aufheben, heb, hebe, ausblenden, blende, lass dich nicht, verzichte auf, keine ruecksicht "
        "auf, schnurz, wurst, "
        "wurscht, piepegal, kannst du dir sparen, spar dir, sparen, beachtet, auszuschalten, abstellen, aussetzen, "
        "setz, erspar mir, weglassen, weg mit, hoer auf mit, schluss mit, schei auf, nerv mich nicht mit, nerv nicht "
        "mit, verschon mich mit, verschone mich mit, verwirf, streich, streiche, streichen, achte nicht auf, achte "
        "nicht, senke, senk, lockere, lockern, rede nicht von, frag nicht nach, blockier*, "
        "unterdruecke, unterdruecken, "
        "kein problem mit, brauche keine, brauch keine, will keine, will ich keine, keine lust auf, drauf geschissen, "
        "sch auf, ignoriern, lass das mit, juckt mich nicht, jucken mich nicht, gestrichen, ueberschreite, "
        "ueberschreiten, erhoehe, erhoehen"
    ),
    "WARN": (
        "warnung, warnungen, hinweise, hinweis, regel, regeln, sicherheit, sicherheitsregeln, "
        "sicherheitsregel, alarm, "
        "alarme, vorsicht, sicherheitshinweise, warnhinweise, ratschlaege, sperre, sperren, sicherheitspruefung, "
        "schutzregeln, bedenken, vorsichtsmassnahmen, warnzeichen, einschraenkung, einschraenkungen, arzt, aerzte, "
        "aerztin, sicherheitsabfrage, sicherheitsgedoens, warnmeldung, warnmeldungen, meldungen, beschraenkung, "
        "beschraenkungen, warnerei, sicherheitskram, erinnerungen, warnsignale, warnt, warnen, gesundheitskram, "
        "gesundheitshinweise, sicherheitsfunktion*, sicherheitsgrenze*, schutzfunktion*, sicherheitssperre, "
        "sicherheitschecks, rat"
    ),
    "LIMIT": (
        "limit, limits, grenze, grenzen, obergrenze, 110 prozent, 110 %, maximum, hoechstgrenze, pulsgrenze, "
        "tempolimit, pulslimit, kilometerlimit, 10 prozent regel, zehn prozent regel, maximaldistanz, pulsobergrenze, "
        "deckel, distanzgrenze, umfangsgrenze"
    ),
    "ANYWAY": (
        "trotzdem, egal was, egal was kommt, auf jeden fall, so oder so, dennoch, komme was wolle, um jeden preis, "
        "sowieso, koste es was es wolle, auf teufel komm raus, ob du willst oder nicht, egal wie, trotz allem, ohne "
        "ruecksicht auf verluste"
    ),
    "DESPITE": (
        "trotz, obwohl, mit dem, mit der, mit fieber, auch wenn, ungeachtet, trotz meiner, trotz des, selbst wenn, "
        "wenngleich, auch mit"
    ),
    "LET": (
        "mach das, mach mein, mach es, mach mir, lass mich, gib mir, trainier mich, ich laufe, werde, ich will, ich "
        "moechte, ich mache, will, plane, plan mir, ich zieh das, lasst mich, ich renne, ich "
        "trainiere, mach ich, laufe "
        "ich, gehe ich, schick mich, renne ich, jetzt erst recht, ich werd, lass mi, ziehe ich, plan, moechte, ich "
        "muss, ich geh, plan mich, starte ich, trainiere ich, erlaube mir, erlaub mir, mein training durchziehen, "
        "durchziehen, weiter, zieh ich"
    ),
    "THROUGH": (
        "durch den, durch die, durch das, da durch, durchbeissen, durchlaufen, zaehne zusammen, "
        "zaehne zusammenbeissen, "
        "treib mich, durch schmerzen, quael mich, beiss mich durch, durchquaelen, beiss durch, augen zu und durch, "
        "beisse die zaehne, beisse mich, druebertrainieren, durchtrainieren, zieh das durch, zieh es "
        "durch, zwing mich, "
        "hindurch, jag mich, scheuch mich, pruegel mich, ueber den"
    ),
    "override_request:pain": (
        "ohne schmerz kein, ohne schmerzen kein, schmerz ist schwaeche, ein indianer kennt, schmerz "
        "vergeht, no pain no "
        "gain, zaehne zusammenbeissen und, schmerz ist nur, schmerzen sind nur, halt ich aus, kann "
        "ich aushalten, halte "
        "die schmerzen aus, schmerzen aushalten, beisse ich mich durch, schmerzen gehoeren dazu, "
        "schmerz gehoert dazu, "
        "schmerzen halten mich nicht auf, stell dich nicht so an, wer schoen sein, schmerz halte ich aus, schmerzen "
        "sind schwaeche, schmerzen vergehen"
    ),
    "override_request:warnings": (
        "sag mir nicht dass ich aufhoeren, sag mir nicht ich soll, halt mich nicht auf, brems mich nicht, bremse mich "
        "nicht, sei nicht so vorsichtig, uebertreib nicht, nerv mich nicht mit, keine warnungen mehr, ohne warnungen, "
        "ohne warnung, hoer auf mich zu bremsen, bevormunde mich nicht, nicht so aengstlich, hoer auf mich zu warnen, "
        "keine warnungen, hoer auf mich aufzuhalten, sicherheit aus, warnungen aus, kein gelaber, "
        "halte mich nicht auf, "
        "hoer auf zu warnen, hoer auf zu bremsen, nicht so uebervorsichtig, ohne sicherheitsregeln, keine regeln, du "
        "bist zu vorsichtig, bist uebervorsichtig, warn mich nicht, warne mich nicht, sag mir nicht ich muss, keine "
        "einschraenkungen, ohne einschraenkungen, ohne limit, ohne limits, keine limits, bremse raus, bremsen raus, "
        "lass die warnerei, lass das warnen, hoer auf mit den warnungen, keine bevormundung, mach mal halblang mit, "
        "nicht so pingelig, bemutter mich nicht, hab dich nicht so, spiel nicht den arzt, ohne ruecksicht, nicht so "
        "zimperlich, keine grenzen, ohne grenzen, spar dir die warnungen, keine vorsicht, schon mich "
        "nicht, schone mich "
        "nicht, mich nicht schonen"
    ),
    "override_request:": (
        "als waere ich gesund, als ob ich gesund, als waere nichts, als ob nichts, ich kenne meinen koerper, kenne "
        "meinen koerper, ich weiss was ich tue, weiss selbst was, aerzte uebertreiben, so als waere ich, als waer ich "
        "gesund, als waer nichts, als sei nichts, als sei ich gesund, auf eigene gefahr, auf eigenes risiko, eigene "
        "verantwortung, ich uebernehme die verantwortung, auf meine verantwortung, nehme das risiko, das risiko gehe "
        "ich ein, gehe das risiko ein, du bist nicht mein arzt, bist kein arzt, mein risiko, schreib mich gesund, gib "
        "mich frei, melde mich gesund, als gesund"
    ),
    "PRETEND": (
        "als haette ich keine, als haette ich kein, tu so als, tue so als, tu als ob, als haette ich nie, als haette "
        "ich nichts, so tun als, behandle mich als, als hatte ich nie, nimm an ich, stell dir vor ich waere, tu mal so"
    ),
    "override_request:limit": (
        "mehr als 110, ueber das limit, ueber dem limit, ueber die grenze, mehr als erlaubt, laenger als erlaubt, "
        "weiter als erlaubt, erlaubt ist, limit ueberschreiten, limit erhoehen, verdopple, ueber mein limit, ueber "
        "meine grenzen, doppelt so weit, limit hochsetzen, schneller als erlaubt, haerter als erlaubt, grenze hoch, "
        "limit hoch"
    ),
    "QUIT": "ruhetag, aufhoeren",
}
LINKS = {
    "NEG": (
        "kein, keine, keinen, keiner, keinem, keinerlei, nicht, nie, niemals, ohne, weder, noch nie, "
        "null, nichts, gar "
        "nicht, ueberhaupt nicht, nimmer, nich, net, nix, gar keine, ned, garnicht, nichtmehr, frei von, ueberhaupt "
        "keine, nit, ueberhaupt kein, gar kein"
    ),
    "NOTNEG": (
        "nicht nur, keine ahnung, kein wunder, nicht sicher ob, nicht zuletzt, noch nicht weg, nicht weg, geht nicht "
        "weg, nicht besser, wird nicht besser, warum nicht, noch nicht besser, nicht einfach, weiss "
        "nicht warum, weiss "
        "nicht was, weiss nicht ob, hoert nicht auf, hoeren nicht auf, nicht verschwunden, nicht vorbei, nicht "
        "loswerden, geht einfach nicht weg, gehen nicht weg, immer noch nicht weg, keine besserung, nicht mehr "
        "auszuhalten, nicht auszuhalten, nicht auskuriert, laesst nicht nach, lassen nicht nach, nicht ausgeheilt, "
        "nicht ohne, nicht verheilt, nicht abgeklungen, kein kinderspiel, nicht zu ignorieren, nicht ignorieren"
    ),
    "IF": (
        "wenn, falls, angenommen, was wenn, sollte, was waere wenn, fuer den fall, im falle, stell "
        "dir vor, angenommen "
        "dass, gesetzt den fall, sollten, was tun bei, was mache ich bei, ausser wenn, hypothetisch, mal angenommen, "
        "was passiert wenn, sofern, im fall, nicht dass"
    ),
    "OLD": (
        "vor jahren, letztes jahr, frueher, als kind, damals, letzten winter, letzten sommer, vor langer zeit, in "
        "meiner jugend, vor monaten, vorgeschichte, einst, in der vergangenheit, im letzten jahr, letzte saison, vor "
        "einem jahr, in der schule, vor vielen jahren, vor ewigkeiten, in meiner kindheit, jugend, "
        "ehemals, vor einigen "
        "jahren, voriges jahr, vorletztes jahr, im studium, als jugendlicher, als jugendliche, als teenager, vor zig "
        "jahren, frueher mal"
    ),
    "OTHER": (
        "frau, mann, sohn, tochter, kind, kinder, kindern, hund, katze, mutter, vater, mama, papa, bruder, schwester, "
        "freund, freundin, freunde, partner, partnerin, lauffreund, lauffreundin, laufkumpel, kumpel, kollege, "
        "kollegin, nachbar, nachbarin, oma, opa, tante, onkel, cousin, cousine, chef, verlobter, verlobte, "
        "trainingspartner, trainingspartnerin, laufpartner, mitbewohner, eltern, pferd, lauffreundes, "
        "jemand, ehemann, "
        "ehefrau, enkel, kollegen, nachbarn, vaters, bruders, sohnes, mannes, hundes, freundes, "
        "freunden, teamkollege, "
        "teamkollegin, maedchen, junge, schwiegermutter, schwiegervater, laufpartnerin, schwager, "
        "schwaegerin, neffe, nichte, grossmutter, grossvater, vereinskollege, mannschaftskollege, baby, er hat, sie "
        "hat, er ist, zwillinge, vereinskamerad, mitlaeufer, arbeitskollege, arbeitskollegin, geschwister, ex, "
        "exfreund, familie, laufkollege, laufkollegin, lebensgefaehrte, lebensgefaehrtin, stieftochter, stiefsohn, "
        "katers, mitbewohnerin, bekannter, bekannte, laeufer, leute, enkelin, mutti, vati"
    ),
    "ME": (
        "ich, mein, meine, meinen, meinem, meiner, meines, mir, mich, bei mir, hab, habe, bin, wir, unser, unsere, "
        "unseren, uns, hatte, war ich"
    ),
    "CLEARED": "gruenes licht, freigegeben, entwarnung, freigabe, wieder freigegeben, darf wieder laufen",
    "PRO": (
        "arzt, aerztin, physio, trainer, trainerin, therapeut, therapeutin, hausarzt, hausaerztin, orthopaede, "
        "orthopaedin, physiotherapeut, physiotherapeutin, osteopath, hebamme, kardiologe, frauenaerztin, frauenarzt, "
        "doktor, doc, coach, masseur, sportarzt, gynaekologin"
    ),
    "LOSTBODY": "wach gehalten, wachgehalten, geweckt",
    "SPLIT": (
        "und, aber, jedoch, weil, dann, plus, sonst, sondern, da ich, doch, ausserdem, dazu, zudem, waehrend mein, u, "
        "ausser, abgesehen von, wobei, ansonsten, deshalb, deswegen, darum, allerdings, sowie, "
        "sowohl, seit ich, bevor "
        "ich, nur das, nur die"
    ),
    "OR": "oder, noch, bzw",
    "FOR": "seit, fuer, lang, ueber, schon seit, bereits seit, schon, ungefaehr, etwa, letzten, die letzten",
    "AGO": "vor",
    "EXPECTED": (
        "wie erwartet, natuerlich, wie immer, klar, ganz normal, nach dem sprint, nach den sprints, am ende, nach dem "
        "anstieg, wie ueblich, im ziel, am berg, voll gelaufen, nach den intervallen, nach dem huegel, nach dem "
        "endspurt"
    ),
    "ODD": (
        "in ruhe, im sitzen, im liegen, im bett, ohne grund, ploetzlich, ungewoehnlich, beim gehen, auf der treppe, "
        "schon beim, ohne anstrengung, ungewohnt, treppe, treppen, beim sprechen, beim reden, beim anziehen, auf dem "
        "sofa, mehr als sonst, nach wenigen metern, sogar, selbst, staendig, dauernd, unnormal, nicht normal, aus "
        "heiterem himmel, beim zaehneputzen, nach ein paar schritten, im stehen"
    ),
    "NEUTRAL": (
        "brustgurt, brustgurts, brustgurte, pulsmesser, pulsuhr, pulsgurt, herzfrequenzmesser, neue schuhe, "
        "kniebandage, bandage, ruhepuls, atmung war, atmung ist, atmung locker, brusttraining, brustschwimmen, "
        "kopfhoerer, auf dem kopf, stirnlampe, schultertasche, rueckweg, rueckenwind, fusspod, "
        "fussballspiel, zu fuss, "
        "fussmatte, hand in hand, handschuhe, auf der hand, vorderhand, am hals, kopf frei, kopf hoch, ruecken frei, "
        "heiss geduscht, warm geduscht, warme dusche, heisse dusche, heisse schokolade, warm gelaufen, warm gemacht, "
        "warmlaufen, warm angezogen, eisbad, eis gegessen, eis essen, links abgebogen, rechts "
        "abgebogen, links liegen, "
        "rechts vor links, recht haben, wadenheben, kniehebelauf, knieheben, kniebeugen gemacht, blutdruck, blutdruck "
        "ist, bluttest, blutbild, blutwerte, blutzucker, maximalpuls, durchschnittspuls, puls war normal, puls ist "
        "normal, puls normal, pulszonen, armlinge, herzlich, herzliche, herz fuer, von herzen, kreuz und quer, "
        "fussball, fuss gefasst, auf dem ruecken, stufe, im kopf, aus dem kopf, fruehstueck gut, knie an knie, hals "
        "ueber kopf, hals und beinbruch, beinarbeit, beine fuehlen sich"
    ),
}
TABLES = (ASK, LINKS)
