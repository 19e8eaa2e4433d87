package io.elacsym.distribution.transfer;

/**
 * What an import did.
 *
 * @param stored documents that were stored
 * @param refused rows that were not
 * @param complete whether the end of the file was reached
 */
public record ImportResult(long stored, long refused, boolean complete) {}
