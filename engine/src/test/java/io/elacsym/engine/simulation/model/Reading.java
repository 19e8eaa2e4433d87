package io.elacsym.engine.simulation.model;

import io.elacsym.api.ElacsymException;
import io.elacsym.engine.model.Consistency;
import io.elacsym.engine.model.DocId;
import io.elacsym.engine.model.Document;
import io.elacsym.engine.model.Filter;
import io.elacsym.engine.simulation.world.World;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;

/**
 * A read under way, and what its answer may be: exactly what some life of the namespace held at
 * some moment. A strong read includes every write that was acknowledged before it began; no read
 * goes back behind what its process has shown before.
 */
public final class Reading {
  private final World world;
  private final Coverage coverage;
  private final NamespaceModel namespace;
  private final Consistency consistency;
  private final Session session;
  private final Instant began;
  private final Map<Life, Integer> least = new HashMap<>();

  Reading(
      World world,
      Coverage coverage,
      NamespaceModel namespace,
      Consistency consistency,
      Session session) {
    this.world = world;
    this.coverage = coverage;
    this.namespace = namespace;
    this.consistency = consistency;
    this.session = session;
    this.began = world.now();
    for (Life life : namespace.lives()) {
      int shown = session.shown(life);
      least.put(
          life,
          consistency == Consistency.STRONG && life.isAlive()
              ? Math.max(shown, life.acknowledged())
              : shown);
    }
  }

  /** The answer is all documents, or all that match. */
  public void found(Optional<Filter> filter, List<Document> documents) {
    Contents found = Contents.of(documents);
    if (found.rows().size() != documents.size()) {
      world.fail("a document came twice: " + documents);
    }
    check(contents -> contents.filtered(filter).equals(found), found.toString());
  }

  /** The answer is what one of these branches began with. */
  void foundOneOf(List<Life> branches) {
    check(
        contents -> branches.stream().anyMatch(branch -> branch.at(0).equals(contents)),
        "branches " + branches);
  }

  /** The answer is every document that has a vector. */
  public void foundNearest(List<Document> documents) {
    Contents found = Contents.of(documents);
    check(contents -> contents.withVector().equals(found), "nearest " + found);
  }

  /** The answer is every document that has an attribute. */
  public void foundWith(String attribute, List<Document> documents) {
    Contents found = Contents.of(documents);
    check(contents -> contents.withAttribute(attribute).equals(found), attribute + " " + found);
  }

  /** The answer is one document, or none. */
  public void foundOne(DocId id, Optional<Document> document) {
    Optional<Row> found = document.map(Row::of);
    check(
        contents -> Optional.ofNullable(contents.rows().get(id)).equals(found),
        id + " is " + found);
  }

  /** The answer is a number of documents. */
  public void counted(long documents) {
    check(contents -> contents.rows().size() == documents, documents + " documents");
  }

  private void check(Predicate<Contents> answer, String found) {
    coverage.saw("read " + consistency);
    for (Life life : candidates()) {
      for (int moment = least.getOrDefault(life, 0); moment <= life.now(); moment++) {
        if (answer.test(life.at(moment))) {
          session.show(life, moment);
          return;
        }
      }
    }
    world.fail(
        "a "
            + consistency
            + " read that began at "
            + began
            + " found what is at no moment there: "
            + found
            + "\nit could have been"
            + possible());
  }

  private String possible() {
    StringBuilder text = new StringBuilder();
    for (Life life : candidates()) {
      text.append("\n  ").append(life);
      life.from(least.getOrDefault(life, 0))
          .forEach(contents -> text.append("\n    ").append(contents));
    }
    return text.toString();
  }

  private List<Life> candidates() {
    List<Life> candidates = new ArrayList<>(namespace.lives());
    if (consistency == Consistency.STRONG) {
      candidates.removeIf(life -> !life.livedAfter(began));
    }
    return candidates;
  }

  /** There was no answer. */
  public void failed(ElacsymException e) {
    boolean allowed =
        switch (e.kind()) {
          case UNAVAILABLE -> true;
          case NOT_FOUND -> !namespace.isSteadySince(began);
          default -> false;
        };
    if (!allowed) {
      world.fail("a " + consistency + " read failed with " + e.kind() + ": " + e.getMessage());
    }
  }
}
