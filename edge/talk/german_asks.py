"""German words that together ask to set a rule aside, or say that a place is well again; whatever stands between.

The rule of this file: data alone, as in `german_signs`. The first cell of `ASKS` is what is to be set aside ("any"
where it is not named), of `ENDS` the meaning that the words carry.
"""

from __future__ import annotations

LISTS = """
off / ab abschalten aus ausschalten weg weglassen aufheben vergiss vergessen ignorier* ueberspring* uebergeh*
    ueberstimm* umgeh* deaktivier* loesch* streich* raus kraft schlafen pfeif* pfeife egal sparen wegklick*
    abstellen stumm lockern aussetzen interessiert schnuppe sein
rule / warnung warnungen hinweis hinweise regeln sperre sperren sicherheits* vorsichts* schutz schutzregel*
    schonfrist verbot verbote veto belehrung belehrungen anweisung anweisungen vorgabe vorgaben ampel bevormundung
    ratschlaege ratschlag schonmodus vorschrift vorschriften einwaende einwand bedenken
limit / limit limits grenze begrenzung obergrenze deckel beschraenkung beschraenkungen kilometerlimit pulslimit
    pulsgrenze prozent hoechstgrenze
rest / pause pausen ruhetag ruhetage schonfrist zwangspause ruhephase schonung ruhepause
idle / witz unsinn quatsch bloedsinn humbug laecherlich ueberfluessig unnoetig kaese schwachsinn gestohlen buckel
    kreuzweise
doctor / arzt aerztin doktor physio orthopaede hausarzt kardiologe
"""
ASKS = """
warnings / {rule} / {off} / !ohrring periode mens bekommen gestern
warnings / veto belehrung belehrungen bevormundung vorschriften sicherheitsgedoens sicherheitskram warnungen
    hinweise / kein keine ohne brauch genug schluss brauche / !bekommen gesehen gab
warnings / regel / abschalten ausschalten ignorier* egal vergiss vergessen lass weglassen ueberspring* umgehen /
    sagt die bitte mal kannst deine / !monate seit
limit / {limit} / {off} rauf hoch verdopp* sprengen / !schmerz* zeit
limit / mehr schneller weiter doppelt laenger hoeher haerter / als wie / erlaubst sagst vorgesehen erlaubt empfohlen
    vorschlaegst erlauben vorgibst
any / risiko verantwortung / kauf nehm nehme eigene eigenes eigener trag trage uebernehme
any / ausnahme / mach machen mal bitte eine / !ist war
any / dieses diese / eine / mal / bitte nur
any / egal / programm volles volle vollgas gas / gib mach plan
any / brauch brauche / {doctor} / keinen keine kein / !termin
any / {doctor} trainer / muss / nicht / wissen erfahren mitkriegen
any / halt halte / das schon / aus durch / ~NEG
any / {rest} / ueberspring* streich* kraft ignorier* egal scheiss pfeif* vergiss sparen skippen / !brauche moechte
    wuerde
any / muss / wirklich echt / pausieren aussetzen schonen pause
any / altes alten gewohntes volles / pensum umfang programm / will sofort zurueck gib
any / trainer coach physio arzt / erlaubt genehmigt / mach also gib los / !grünes
any / {idle} / {rest} {rule} / !war waren gestern bitte erzaehlt
any / gestohlen buckel kreuzweise / {doctor} / !rad fahrrad
any / {doctor} / kann / mich / mal kreuzweise
any / satt leid genug / geschont gebremst ausgebremst bevormundet bemuttert gewarnt schonen / !bett
any / gib mach her / volle volles / programm distanz dosis
heart / ignorier* vergiss pfeif* ueberhoer* / ruhepuls puls hrv herzfrequenz pulswert* erholungswert readiness
any / beruecksichtigen beachten einrechnen einplanen mitrechnen / nicht nix / musst brauchst sollst / herz* puls*
    blutdruck* herzsache fieber infekt knie schmerz* verletzung attest arzt* diagnose ruhetag pause warnung* sperre
    befund*
any / brems bremse / mich / nicht nie / !ich
any denied / entlastungswoche zwangspause schonprogramm schongang schonwoche schonfrist
any denied / halt halte richte / mich uns / dran daran danach
any / ruhetag ruhetage schonung schonfrist zwangspause / brauch brauche braucht / nix nichts keinen keine kein / !mehr
warnings denied / drama theater aufhebens staatsaffaere welle aufstand / mach macht machen draus / !ich wir
any / keine / diskussion widerrede
any / warum wieso / darf / nicht / ich
any / trotz / verbot warnung / tempo laufen machen intervalle training lauf
any / tu tue / so / als / waer waere / nix nichts
pain / ruecksicht / ohne keine / koerper schmerz* knie
"""
ENDS = """
GONE / spuere spuer merk merke / nichts nix / mehr / +AREA
GONE / spuere spuer merk merke gespuert / nicht / mehr / +AREA / !bein beine finger
GONE / schmerz schmerzen ziehen stechen zwicken problem probleme / verabschiedet / hat haben / +AREA
GONE / gibt geben / ruhe / +AREA / !keine
FINE / macht machen spielt / wieder / mit / +AREA
FINE / schnurrt laeuft laufen / wieder / +AREA / !nicht schlecht unrund
GONE / keinen keine / mucks muckser / +AREA
GONE / entwarnung / +AREA
GONE / liste / streichen / +AREA
FINE / frei voll wieder / beweglich belastbar / +AREA / !nicht kaum
GONE / geht gehen / ohne / aua schmerz schmerzen mucken / wieder / +AREA
GONE / meckert zickt muckt zwickt / nicht nimmer / mehr / +AREA
GONE / hab bin habe / los / +AREA
"""
