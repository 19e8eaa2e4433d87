package io.elacsym.benchmarks.rivals.contenders;

/**
 * What a build took.
 *
 * @param cpuSeconds of the whole process, so that of a JVM compiling and collecting garbage counts
 * @param seconds on the clock
 * @param bytes all that searches need, the vectors included where they do
 */
public record Built(double cpuSeconds, double seconds, long bytes) {}
