/** The path through the rooms, in the lecture's order. */
import { boundary } from "./boundary.ts";
import { classes } from "./classes.ts";
import { compare } from "./compare.ts";
import { functions } from "./functions.ts";
import type { Lesson } from "./lesson.ts";
import { line } from "./line.ts";
import { network } from "./network.ts";

export const lessons: Lesson[] = [line, boundary, classes, functions, network, compare];
