package io.elacsym.engine.manifest;

import java.time.Instant;

/**
 * A namespace that uses objects of this one. What its manifest names is not deleted here, for as
 * long as that life of it lasts.
 *
 * @param name of the branch
 * @param incarnation of the branch
 * @param since when the objects were promised to it
 */
public record Branch(String name, String incarnation, Instant since) {}
