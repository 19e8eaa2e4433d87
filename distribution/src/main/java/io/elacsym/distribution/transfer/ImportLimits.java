package io.elacsym.distribution.transfer;

/**
 * How hard an import tries.
 *
 * @param batch most documents of one request, at least 1
 * @param concurrency most requests at a time, at least 1
 * @param maxErrors refused rows after which it gives up
 */
public record ImportLimits(int batch, int concurrency, int maxErrors) {}
