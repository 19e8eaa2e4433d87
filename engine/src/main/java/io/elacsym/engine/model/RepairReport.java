package io.elacsym.engine.model;

import java.util.List;
import java.util.Optional;

/**
 * What a repair has done.
 *
 * @param manifestOf the version whose copy was put in the place of a damaged manifest; empty when
 *     the manifest was whole
 * @param forgotten objects of segments that were given up because they are lost
 * @param lostRows documents that were in them
 */
public record RepairReport(Optional<Long> manifestOf, List<String> forgotten, long lostRows) {}
