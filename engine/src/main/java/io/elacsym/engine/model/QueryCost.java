package io.elacsym.engine.model;

/**
 * What a query took, from the moment it was asked.
 *
 * @param waves dependent rounds of requests to the storage
 * @param openWaves those of them that opened the namespace; 0 when it was open
 * @param requests to the storage, those for the manifest and the WAL included
 * @param bytes read from the storage in blobs, WAL entries and the manifest
 * @param memoryHits blocks found in the memory cache
 * @param diskHits blocks found in the disk cache
 * @param scored vectors compared with the query
 */
public record QueryCost(
    int waves,
    int openWaves,
    int requests,
    long bytes,
    int memoryHits,
    int diskHits,
    long scored) {}
