package io.elacsym.engine.model;

/**
 * What a query took.
 *
 * @param waves dependent rounds of requests to the storage
 * @param requests to the storage
 * @param bytes read from the storage
 * @param memoryHits blocks found in the memory cache
 * @param diskHits blocks found in the disk cache
 * @param scored vectors compared with the query
 */
public record QueryCost(
    int waves, int requests, long bytes, int memoryHits, int diskHits, long scored) {}
