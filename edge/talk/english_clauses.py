"""English phrases of short everyday clauses: what has healed, and figures of speech.

The rule of this file: data alone, as in `english`.
"""

from __future__ import annotations

CLAUSES = {
    "AREA:other": "tendon, tendons, ligament",
    "AREA:head": "the back of my head, the back of the head, the side of my head, side of my head",
    "AREA:hamstring": (
        "the back of my thigh, the back of the thigh, the back of my leg, hamstring tendon, hamstring tendons, the "
        "back of my thighs, back of my thighs"
    ),
    "AREA:quad": "quad tendon, quadriceps tendon, the front of my thigh",
    "AREA:knee": "the back of my knee, the back of the knee, patellar tendon, patella tendon, the front of my knee",
    "AREA:achilles": (
        "the back of my ankle, back of my ankle, the back of the ankle, back of the ankle, the back of my heel, back "
        "of my heel, the back of the heel, back of the heel, tendon behind my ankle, tendon behind my left ankle, "
        "tendon behind my right ankle, tendon above my heel, heel cord"
    ),
    "AREA:calf": "the back of my calf, the back of my lower leg, back of my lower leg",
    "AREA:groin": (
        "inside of my thigh, the inside of my thigh, inside of the thigh, front of my pelvis, the front of my pelvis"
    ),
    "AREA:back": "between the shoulder blades, between my shoulder blades",
    "SIDE:right": "on the right after, on the right when, on the right since, on the right one",
    "SIDE:left": "on the left after, on the left when, on the left since, on the left one",
    "WANT": "would it be at all possible, would it be too much to ask, could you possibly",
    "HAVE": "suppose i could, suppose i can, i suppose i could, i suppose i can",
    "HURT": (
        "pinching, pinches, twanging, twanged, twangs, like piano wire, like piano wires, tight as a drum, grazed, "
        "scraped, skinned"
    ),
    "PULLED": "locked, locked up, ropey, has locked up",
    "CLEARED": (
        "cleared to run, cleared to train, cleared to start, cleared to jog, cleared to go, cleared for running, "
        "cleared for"
    ),
    "NOTNEG": "not that my, not that the, not that it, its not that, it 's not that, not so much that",
    "OTHER": "grandsons, granddaughters, grandkids, grandchildren, nieces, nephews, wee man, wee one, grandad",
    "FINE": (
        "brand new, feels brand new, silent, was silent, calmed down, has calmed down, loosened up, loosened up "
        "completely, has loosened up, is back to normal, are back to normal, feels back to normal, feels like new, "
        "like a new one, ship shape, top notch, tip top, came through fine, came through the long run fine, held "
        "up, no bother"
    ),
    "GONE": "is over, are over, is behind me, are behind me, behind me now, shot of, rid of, "
    " finally rid of, done with, is done with, is a thing of the past, no longer there, nowhere to be seen",
    "NEUTRAL": (
        "left in it, left in them, brace is off, boot is off, cast is off, bandage is off, brace comes off, brace came "
        "stitches came out, stitches out, stitches are out, c section stitches, stitches removed, dissolvable "
        "stitches, if im lucky, if i am lucky, if i hurry, be ever so grateful, be grateful, be so grateful, be very "
        "grateful, physio is happy, physio happy, doctor is happy, doc is happy, surgeon is happy, "
        "off, boot comes off, boot came off, cast came off, cast comes off, "
        "if possible, if you dont mind, if thats ok, if thats okay, if thats alright, if that 's ok, if that 's "
        "okay, if i may, if you can, if i can, if at all possible, if youll let me, if you will let me, if you let "
        "me, hot water bottle, training block, last block, next block, this block, the block, block of training, "
        "starting block, starting blocks"
    ),
}
TABLES = (CLAUSES,)
