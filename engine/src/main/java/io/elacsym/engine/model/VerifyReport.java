package io.elacsym.engine.model;

import java.util.List;

/**
 * What {@code verify} looked at and found.
 *
 * @param objects checked
 * @param bytes read and checked
 * @param documents live documents counted
 * @param findings empty when all is well
 */
public record VerifyReport(long objects, long bytes, long documents, List<Finding> findings) {
  public boolean damaged() {
    return findings.stream().anyMatch(f -> f.severity() == Finding.Severity.DAMAGE);
  }
}
