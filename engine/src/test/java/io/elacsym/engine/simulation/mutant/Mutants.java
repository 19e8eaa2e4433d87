package io.elacsym.engine.simulation.mutant;

import java.util.List;

/** Bugs that the simulation must find. Each breaks one thing that the protocol rests on. */
final class Mutants {
  private Mutants() {}

  static final List<Mutant> ALL =
      List.of(
          // Taking over.
          new Mutant(
              "a new writer puts no fence",
              "owner/Owner.java",
              "if (!fence(won.get().content(), asked)) {",
              "if (!takeTail(asked)) {"),
          new Mutant(
              "a new writer goes past the tail without applying it",
              "owner/Owner.java",
              "tail.forEach(entry -> cursor.take(entry, state));",
              "tail.forEach(entry -> state.skip(entry.number()));"),
          new Mutant(
              "a writer that was fenced goes on as if it were not",
              "owner/Owner.java",
              "      owner = false;\n      state = loaded.state();",
              "      state = loaded.state();"),
          new Mutant(
              "a slow append is not checked against the manifest",
              "owner/Owner.java",
              "if (site.isLongAgo(confirmedAt) && isSuperseded(sequence)) {",
              "if (false) {"),
          new Mutant(
              "an append that found its number taken is acknowledged",
              "owner/Owner.java",
              "      case LOST -> {\n        return false;\n      }",
              "      case LOST -> take(entry, draft.bytes().length, asked);"),

          // Puts in doubt.
          new Mutant(
              "an append in doubt is trusted",
              "cas/NumberedLog.java",
              "Append now = whose(draft);",
              "Append now = Append.WON;"),
          new Mutant(
              "an append in doubt is taken for lost",
              "cas/NumberedLog.java",
              "Append now = whose(draft);",
              "Append now = Append.LOST;"),
          new Mutant(
              "an append that lost after one in doubt is not looked up",
              "cas/NumberedLog.java",
              "return inDoubt ? whose(draft) : Append.LOST;",
              "return Append.LOST;"),
          new Mutant(
              "a commit in doubt is trusted",
              "cas/AtomicObject.java",
              "Optional<Versioned<T>> now = read();\n          if",
              """
              Optional<Versioned<T>> now =
                  result.outcome() == PutResult.Outcome.UNKNOWN
                      ? Optional.of(new Versioned<>(content, "in doubt"))
                      : read();
              if\
              """),
          new Mutant(
              "a commit is replaced without a condition",
              "cas/AtomicObject.java",
              "PutMode.ifMatches(before.version())",
              "PutMode.OVERWRITE"),
          new Mutant(
              "a manifest is created over another one",
              "cas/AtomicObject.java",
              "put(content, PutMode.IF_ABSENT, 1)",
              "put(content, PutMode.OVERWRITE, 1)"),
          new Mutant(
              "an entry is put over another one",
              "cas/NumberedLog.java",
              "Payload.of(draft.bytes()), PutMode.IF_ABSENT)",
              "Payload.of(draft.bytes()), PutMode.OVERWRITE)"),

          // Writing.
          new Mutant(
              "a write is acknowledged before it is durable",
              "owner/Owner.java",
              "    switch (wal().append(draft)) {\n      case WON -> take(",
              """
              for (Accepted early : accepted) {
                WriteResult did = early.result();
                early.write().done().complete(
                    new WriteResult(did.upserted(), did.deleted(), entry.sequence()));
              }
              switch (wal().append(draft)) {
                case WON -> take(\
              """),
          new Mutant(
              "only the first half of an entry is applied",
              "snapshot/State.java",
              "for (Change change : entry.changes()) {",
              "for (Change change :"
                  + " entry.changes().subList(0, (entry.changes().size() + 1) / 2)) {"),
          new Mutant(
              "an upsert leaves the old row of another segment alive",
              "snapshot/State.java",
              "if (row.isPresent() && state.alive.remove(row.getAsInt())) {\n        return;",
              "if (false) {\n        return;"),
          new Mutant(
              "a write does not see those before it in its group",
              "write/Resolver.java",
              "      earlier.put(id, document);\n",
              ""),
          new Mutant(
              "a patch forgets the rest of the document",
              "write/Resolver.java",
              "attributes.putAll(document.attributes());",
              ""),

          // Reading.
          new Mutant(
              "a strong read does not look at the manifest",
              "namespace/OpenNamespace.java",
              "case STRONG -> owner.refresh();",
              "case STRONG -> owner.refreshIfOlderThan(MAX_STALENESS);"),
          new Mutant(
              "a reader does not follow the WAL",
              "owner/Owner.java",
              "        Deadline.runWithout(() -> follow(asked));\n",
              ""),
          new Mutant(
              "a reader is content with a look at the WAL that began before it",
              "owner/Owner.java",
              "lookEnded <= before || site.isLongAgo(asked)",
              "lookEnded < before"),
          new Mutant(
              "a reader that slept trusts what it then finds of the WAL",
              "owner/Loader.java",
              "    return hasGap\n        || site.isLongAgo(asked)\n",
              "    return false\n"),
          new Mutant(
              "a reader shows documents under a schema that is too small",
              "owner/Loader.java",
              "&& !attributes.containsAll(put.document().attributes().keySet()));",
              "&& false);"),
          new Mutant(
              "a reader takes what a later writer put for a continuation of what it knows",
              "owner/Loader.java",
              "entry.epoch() > manifest.epoch() || isBeyond",
              "isBeyond"),

          // Flushing and merging.
          new Mutant(
              "the floor is ignored when a namespace is opened",
              "snapshot/State.java",
              "this.sequence = content.walFloor() - 1;",
              "this.sequence = 0;"),
          new Mutant(
              "the floor rises one too high",
              "maintenance/Flusher.java",
              ".withFloor(frozen.lastSequence() + 1)",
              ".withFloor(frozen.lastSequence() + 2)"),
          new Mutant(
              "a commit says that an entry is stored which is yet to come",
              "owner/Owner.java",
              "Manifest known = before.content().knowing(state.sequence());",
              "Manifest known = before.content().knowing(state.sequence() + 1);"),
          new Mutant(
              "a flush forgets the deletes in older segments",
              "maintenance/Flusher.java",
              "if (stored.cardinality() == segment.alive().cardinality()) {",
              "if (true) {"),
          new Mutant(
              "a failed flush does not give its rows back",
              "maintenance/Flusher.java",
              "        state.unfreeze();\n",
              ""),
          new Mutant(
              "a merge forgets what was deleted meanwhile",
              "maintenance/Compactor.java",
              "if (alive.cardinality() == origins.size()) {",
              "if (true) {"),
          new Mutant(
              "rows deleted during a merge come back in memory",
              "snapshot/State.java",
              "if (!merged.get(origin.input()).alive.contains(origin.row())) {",
              "if (false) {"),

          // Deleting.
          new Mutant(
              "garbage is deleted before its grace",
              "maintenance/Reaper.java",
              "Instant limit = site.seams().clock().instant().minus(age);",
              "Instant limit = site.seams().clock().instant();"),
          new Mutant(
              "the grace begins before the commit",
              "maintenance/Reaper.java",
              ".filter(garbage -> !owner.knownSince(garbage.version()).isAfter(limit))",
              ""),
          new Mutant(
              "the WAL is deleted past the floor",
              "maintenance/Reaper.java",
              "deleteBelow(ObjectNames.walSequence(upTo.name()))",
              "deleteBelow(ObjectNames.walSequence(upTo.name()) + 2)"),
          new Mutant(
              "what a kept version uses is deleted",
              "maintenance/Reaper.java",
              "|| (garbage.version() <= manifest.historyFrom()",
              "|| (true"),
          new Mutant(
              "what a branch uses is deleted",
              "maintenance/Reaper.java",
              "&& !branches.needs(site, garbage.name())",
              ""),
          new Mutant(
              "work under way is taken for orphans",
              "maintenance/Reaper.java",
              "&& !isUnderConstruction(name)",
              ""),
          new Mutant(
              "orphans are deleted when they are first seen",
              "maintenance/Reaper.java",
              ".filter(name -> orphanedSince.computeIfAbsent(name, n -> now).isBefore(limit))",
              ""),
          new Mutant(
              "orphans stay",
              "maintenance/Reaper.java",
              "    site.storage().delete(orphans);\n    return orphans.size();",
              "    return orphans.size();"),

          // Lives of a namespace.
          new Mutant(
              "dropping deletes the WAL at once",
              "maintenance/Purge.java",
              "object -> wholly || !isWal(object)",
              "object -> true"),
          new Mutant(
              "a namespace is purged at once",
              "maintenance/Purge.java",
              "purgeDropped(now.get(), listed, isOld(now.get(), listed))",
              "purgeDropped(now.get(), listed, true)"),
          new Mutant(
              "a purge trusts the clock of its machine",
              "maintenance/Purge.java",
              "&& due.isBefore(\n                    site.markers().storageTime(Marker.of(site.name(), manifest.content())))",
              ""),
          new Mutant(
              "a purge deletes the manifest without saying so first",
              "maintenance/Purge.java",
              "if (site.manifest().replace(last, purging).isPresent()) {",
              "if (true) {"),
          new Mutant(
              "a purge goes on where another one has stopped, without waiting",
              "maintenance/Purge.java",
              "if (Births.isSafe(site, manifest)) {",
              "if (true) {"),
          new Mutant(
              "the manifest is deleted by a request without an end",
              "maintenance/Purge.java",
              "site.storage().deleteBefore(Site.manifestName(site.name()), purging.purgedUntil());",
              "site.storage().delete(List.of(Site.manifestName(site.name())));"),
          new Mutant(
              "a life begins where the purge of another is under way",
              "maintenance/Births.java",
              "before.get().content().state() != Life.State.PURGING",
              "true"),
          new Mutant(
              "what is listed after the manifest was read is purged",
              "maintenance/Purge.java",
              "delete(listed, object -> wholly || !isWal(object));",
              "delete(list().ofNamespace(), object -> wholly || !isWal(object));"),
          new Mutant(
              "lives share the names of their WAL",
              "wal/Wal.java",
              "\"-\" + incarnation + \".wal\"",
              "\"-life.wal\""),
          new Mutant(
              "an end is not marked",
              "maintenance/Dropper.java",
              "    site.markers().put(Marker.of(site.name(), last));\n",
              ""),
          new Mutant(
              "markers stay",
              "namespace/PurgeRounds.java",
              "          root.markers().delete(markers);\n",
              ""),
          new Mutant(
              "a new life begins at the beginning of the WAL",
              "manifest/Manifest.java",
              "before.map(Manifest::walFloor).orElse(1L);",
              "1L;"),
          new Mutant(
              "a branch is not promised its objects",
              "maintenance/Brancher.java",
              "    promise(state, wanted, target, prepared.content());\n",
              ""),
          new Mutant(
              "a restore does not fence the writer",
              "maintenance/Restorer.java",
              "long fence = Fence.put(site, taken.content());",
              "long fence = found.content().walFloor() - 1;"),
          new Mutant(
              "a process keeps to a life that has ended",
              "namespace/Namespaces.java",
              "return action.apply(openNamespace(name, schema -> Needs.NOTHING).namespace());",
              "throw e;"));
}
