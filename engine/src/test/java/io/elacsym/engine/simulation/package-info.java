/**
 * Whole clusters on a simulated bucket, replayed from a seed.
 *
 * <p>Each engine runs unmodified, on virtual threads whose scheduler is the {@code world}: one
 * thread at a time, in an order that the seed decides, in virtual time. The {@code bucket} delays,
 * refuses, loses and answers late; the nemesis freezes and crashes processes and moves clocks. The
 * {@code model} knows which contents a reader may see. When the storm is over, {@code Aftermath}
 * asks every process for everything, and the bucket for what is left in it. {@code mutant} puts
 * bugs into the engine's source, each of which has to be caught.
 */
package io.elacsym.engine.simulation;
