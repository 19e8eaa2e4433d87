package io.elacsym.tck.fault;

/**
 * One call of a storage.
 *
 * @param number from 1, over all calls of one {@link FaultyStorage}
 * @param operation which method
 * @param name the object's name; of a list the prefix, of a delete the first name
 */
public record Request(long number, Operation operation, String name) {
  /** The methods of a storage. */
  public enum Operation {
    GET,
    HEAD,
    PUT,
    LIST,
    DELETE
  }
}
