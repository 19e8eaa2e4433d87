package io.elacsym.engine.model;

/**
 * A namespace that a process has open.
 *
 * @param writing whether the process is its writer
 * @param sequence the last entry of the WAL that the process knows; it may be behind others
 * @param unflushedBytes what is in the WAL alone, in bytes of memory
 */
public record NamespaceUse(String name, boolean writing, long sequence, long unflushedBytes) {}
