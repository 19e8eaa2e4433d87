package io.elacsym.engine.model;

/**
 * What an acknowledged, durable write did.
 *
 * @param upserted documents stored or changed, as many as the request named
 * @param deleted documents that existed and are gone
 * @param sequence of the WAL entry that made it durable
 */
public record WriteResult(int upserted, int deleted, long sequence) {}
