/**
 * The work: what waits, who is at it, and what could not be done. Every conversation has a lane in each queue; the work of a lane is done in
 * order and by one worker at a time, on whichever hub; it outlives any process. The truth is in the tables {@code lane} and {@code work}.
 */
package io.serai.work;
