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
              "writer/Writer.java",
              "      fence(state, mine.content(), asked);\n",
              ""),
          new Mutant(
              "a new writer goes past the tail without applying it",
              "writer/Follower.java",
              "tail.forEach(this::take);",
              "tail.forEach(entry -> known().skip(entry.number()));"),
          new Mutant(
              "a writer that was fenced goes on as if it were not",
              "writer/Follower.java",
              "      leads = false;\n      loaded = fresh;",
              "      loaded = fresh;"),
          new Mutant(
              "a slow append is not checked against the manifest",
              "writer/Writer.java",
              "if (context.isLongAgo(confirmedAt) && isSuperseded(sequence)) {",
              "if (false) {"),
          new Mutant(
              "an append that found its number taken is acknowledged",
              "writer/Writer.java",
              "        case LOST -> {\n          return false;\n        }",
              "        case LOST -> take(state, entry, draft.bytes().length, asked);"),
          new Mutant(
              "whoever takes over does not raise the epoch",
              "writer/Takeover.java",
              "known.takenOver(succession.self())",
              "known"),
          new Mutant(
              "a new writer goes on behind a later writer's fence",
              "writer/Writer.java",
              "if (!follower.takeTail(tail, first, asked) || follower.isFenced(mine.epoch())) {",
              "if (follower.takeTail(tail, first, asked) && false) {"),

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
              "Optional<Tagged<T>> now = read();\n          if",
              """
              Optional<Tagged<T>> now =
                  result.outcome() == PutResult.Outcome.UNKNOWN
                      ? Optional.of(new Tagged<>(content, "in doubt"))
                      : read();
              if\
              """),
          new Mutant(
              "a commit is replaced without a condition",
              "cas/AtomicObject.java",
              "PutMode.ifMatches(before.tag())",
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
              "writer/Writer.java",
              "      switch (follower.wal().append(draft)) {\n        case WON -> take(",
              """
              for (Accepted early : accepted) {
                WriteResult did = early.result();
                early.write().done().complete(did.at(entry.sequence()));
              }
              switch (follower.wal().append(draft)) {
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
              "          earlier.put(id, document);\n",
              ""),
          new Mutant(
              "a patch does not remove what it gives no value",
              "check/WriteCheck.java",
              "removed.removeAll(attributes.keySet());",
              "removed.clear();"),
          new Mutant(
              "a write is refused by a schema that others have made larger",
              "namespace/OpenNamespace.java",
              "if (e.kind() != ErrorKind.INVALID_REQUEST) {",
              "if (e.kind() == ErrorKind.INVALID_REQUEST) {"),
          new Mutant(
              "a patch forgets the rest of the document",
              "write/OneWrite.java",
              "attributes.putAll(document.attributes());",
              ""),

          // Reading.
          new Mutant(
              "a strong read does not look at the manifest",
              "namespace/OpenNamespace.java",
              "case STRONG -> follower.refresh();",
              "case STRONG -> follower.refreshIfOlderThan(MAX_STALENESS);"),
          new Mutant(
              "a reader does not follow the WAL",
              "writer/Follower.java",
              "        Deadline.runWithout(() -> follow(asked));\n",
              ""),
          new Mutant(
              "a reader is content with a look at the WAL that began before it",
              "writer/Follower.java",
              "lookEnded <= before || context.isLongAgo(asked)",
              "lookEnded < before"),
          new Mutant(
              "a reader that slept trusts what it then finds of the WAL",
              "writer/Loader.java",
              "    return hasGap\n        || context.isLongAgo(asked)\n",
              "    return false\n"),
          new Mutant(
              "a reader shows documents under a schema that is too small",
              "writer/Loader.java",
              "&& !attributes.containsAll(put.document().attributes().keySet()));",
              "&& false);"),
          new Mutant(
              "a reader takes what a later writer put for a continuation of what it knows",
              "writer/Loader.java",
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
              "upkeep/Flusher.java",
              ".withFloor(frozen.lastSequence() + 1)",
              ".withFloor(frozen.lastSequence() + 2)"),
          new Mutant(
              "a commit says that an entry is stored which is yet to come",
              "writer/Writer.java",
              "Manifest known = before.content().knowing(state.sequence());\n    Manifest after",
              "Manifest known = before.content().knowing(state.sequence() + 1);\n    Manifest after"),
          new Mutant(
              "a flush forgets the deletes in older segments",
              "upkeep/Flusher.java",
              "if (stored.cardinality() == segment.alive().cardinality()) {",
              "if (true) {"),
          new Mutant(
              "a failed flush does not give its rows back",
              "upkeep/Flusher.java",
              "          state::unfreeze,",
              "          () -> {},"),
          new Mutant(
              "a merge forgets what was deleted meanwhile",
              "upkeep/Compactor.java",
              "if (alive.cardinality() == origins.size()) {",
              "if (true) {"),
          new Mutant(
              "rows deleted during a merge come back in memory",
              "snapshot/State.java",
              "if (!merged.get(origin.input()).alive.contains(origin.row())) {",
              "if (false) {"),

          // Other indexes for stored segments.
          new Mutant(
              "rows that are deleted come back with a rebuilt index",
              "snapshot/State.java",
              "new SegmentState(after, before.stored, before.alive.publish())",
              "new SegmentState(after, before.stored, RowSet.all(after.rowCount()))"),
          new Mutant(
              "a rebuilt index takes the tombstones of its segment away",
              "upkeep/IndexReplacer.java",
              "return segment.withIndexes(indexes).withGaps(gaps);",
              "return segment.withIndexes(indexes).withGaps(gaps).withTombstones(Optional.empty());"),
          new Mutant(
              "a rebuilt index brings its segment to another place of the manifest",
              "upkeep/IndexReplacer.java",
              "            segments.replaceAll(\n"
                  + "                segment -> segment.id().equals(segmentId) ?"
                  + " stored.into(segment) : segment);\n",
              """
              segments.removeIf(segment -> segment.id().equals(segmentId));
              segments.add(stored.into(before.get()));
              """),

          // Deleting.
          new Mutant(
              "a commit forgets what it has ceased to use",
              "manifest/Manifest.java",
              "before.content.blobs().map(blob -> before.dropped(blob.name(), now))",
              "Stream.<Garbage>empty()"),
          new Mutant(
              "a commit forgets the WAL below its floor",
              "manifest/Manifest.java",
              "if (walFloor > before.walFloor) {",
              "if (false) {"),
          new Mutant(
              "what a restored version uses again is still garbage",
              "manifest/Manifest.java",
              "        .filter(item -> !used.contains(item.name()))\n",
              ""),
          new Mutant(
              "a version is replaced without a copy in the history",
              "writer/ManifestCommits.java",
              "      keep(before.content());\n",
              ""),
          new Mutant(
              "garbage is deleted before its grace",
              "upkeep/Reaper.java",
              "Instant limit = context.now().minus(age);",
              "Instant limit = context.now();"),
          new Mutant(
              "the grace begins before the commit",
              "upkeep/Reaper.java",
              ".filter(garbage -> !writer.follower().knownSince(garbage.version()).isAfter(limit))",
              ""),
          new Mutant(
              "the WAL is deleted past the floor",
              "upkeep/Reaper.java",
              "deleteBelow(ObjectNames.walSequence(upTo.name()))",
              "deleteBelow(ObjectNames.walSequence(upTo.name()) + 2)"),
          new Mutant(
              "what a kept version uses is deleted",
              "upkeep/Reaper.java",
              "|| (garbage.version() <= manifest.historyFrom()",
              "|| (true"),
          new Mutant(
              "what a branch uses is deleted",
              "upkeep/Reaper.java",
              "&& !branches.needs(context, garbage.name())",
              ""),
          new Mutant(
              "work under way is taken for orphans",
              "upkeep/Reaper.java",
              "&& !isUnderConstruction(name)",
              ""),
          new Mutant(
              "orphans are deleted when they are first seen",
              "upkeep/Reaper.java",
              ".filter(name -> orphanedSince.computeIfAbsent(name, n -> now).isBefore(limit))",
              ""),
          new Mutant(
              "orphans stay",
              "upkeep/Reaper.java",
              "    context.storage().delete(orphans);\n    return orphans.size();",
              "    return orphans.size();"),

          // Lives of a namespace.
          new Mutant(
              "dropping deletes the WAL at once",
              "life/Purge.java",
              "object -> wholly || !isWal(object)",
              "object -> true"),
          new Mutant(
              "a namespace is purged at once",
              "life/Purge.java",
              "purgeDropped(now.get(), listed, isOld(now.get(), listed))",
              "purgeDropped(now.get(), listed, true)"),
          new Mutant(
              "a purge trusts the clock of its machine",
              "life/Purge.java",
              "&& due.isBefore(\n                    context.markers().storageTime(Marker.of(context.name(), manifest.content())))",
              ""),
          new Mutant(
              "a purge deletes the manifest without saying so first",
              "life/Purge.java",
              "if (context.manifest().replace(last, purging).isPresent()) {",
              "if (true) {"),
          new Mutant(
              "a purge goes on where another one has stopped, without waiting",
              "life/Purge.java",
              "if (Births.isSafe(context, manifest)) {",
              "if (true) {"),
          new Mutant(
              "the manifest is deleted by a request without an end",
              "life/Purge.java",
              "context.storage().deleteBefore(context.manifest().objectName(), purging.purgedUntil());",
              "context.storage().delete(List.of(context.manifest().objectName()));"),
          new Mutant(
              "a life begins where the purge of another is under way",
              "life/Births.java",
              "before.get().content().stage() != Life.Stage.PURGING",
              "true"),
          new Mutant(
              "what is listed after the manifest was read is purged",
              "life/Purge.java",
              "delete(listed, object -> wholly || !isWal(object));",
              "delete(list().ofNamespace(), object -> wholly || !isWal(object));"),
          new Mutant(
              "lives share the names of their WAL",
              "wal/Wal.java",
              "\"-\" + incarnation + \".wal\"",
              "\"-life.wal\""),
          new Mutant(
              "an end is not marked",
              "life/Dropper.java",
              "    context.markers().put(Marker.of(context.name(), last));\n",
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
              "past/Brancher.java",
              "    promise(state, wanted, target, prepared.content());\n",
              ""),
          new Mutant(
              "a restore does not fence the writer",
              "past/Restorer.java",
              "Takeover taken = Takeover.of(context, found, version);",
              """
              Takeover taken =
                  new Takeover(
                      context
                          .manifest()
                          .replace(
                              found,
                              context
                                  .manifest()
                                  .nextKeeping(
                                      version,
                                      found.content(),
                                      found.content().withEpoch(found.content().epoch() + 1)))
                          .orElseThrow(() -> LostRace.of(context.name())),
                      found.content().walFloor() - 1);\
              """),
          new Mutant(
              "a process keeps to a life that has ended",
              "namespace/OpenNamespaces.java",
              "return action.apply(openNamespace(name, manifest -> Needs.NOTHING).namespace());",
              "throw e;"));
}
