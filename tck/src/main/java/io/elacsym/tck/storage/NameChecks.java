package io.elacsym.tck.storage;

import static io.elacsym.tck.storage.Places.content;
import static io.elacsym.tck.storage.Places.in;
import static io.elacsym.tck.storage.Places.names;
import static io.elacsym.tck.storage.Places.put;

import io.elacsym.api.ErrorKind;
import io.elacsym.api.blob.ByteRange;
import io.elacsym.tck.Check;
import io.elacsym.tck.expect.Expect;
import java.util.List;

/** Which names there are, and which there are not. */
record NameChecks(StorageFixture fixture) {
  /** In byte order. Some names are also the folders of others; some differ in case alone. */
  private static final List<String> LEGAL =
      List.of(
          "-",
          "-/-",
          "...",
          ".hidden",
          "0123456789",
          "ABCDEFGHIJKLMNOPQRSTUVWXYZ",
          "Case",
          "_",
          "a",
          "a-b",
          "a.b",
          "a/b",
          "a/b/c",
          "a/b/c/d/e/f/g/h/i/j/k/l/m/n/o/p",
          "a0",
          "aA",
          "a_b",
          "abcdefghijklmnopqrstuvwxyz",
          "case",
          "o.json",
          "o.json.lock",
          "o.json.tmp",
          "o.json/part",
          "temp/x",
          "x/" + "y".repeat(998),
          "z".repeat(1000));

  List<Check> checks() {
    return List.of(
        Check.of("every legal name is a name of its own", this::legalNames),
        Check.of("illegal names are refused as invalid", this::illegalNames));
  }

  private void legalNames() throws Exception {
    in(
        fixture,
        storage -> {
          for (String name : LEGAL) {
            put(storage, name, "content of " + name);
          }
          for (String name : LEGAL) {
            Expect.equal("content", "content of " + name, content(storage, name));
            Expect.equal("name in head", name, storage.head(name).orElseThrow().name());
          }
          Expect.equal("names listed", LEGAL, names(storage, "", "", 100));
          storage.delete(List.of("a", "a/b/c", "Case"));
          Expect.equal("a/b after a was deleted", "content of a/b", content(storage, "a/b"));
          Expect.equal("case after Case was deleted", "content of case", content(storage, "case"));
          Expect.equal("names listed", LEGAL.size() - 3, names(storage, "", "", 100).size());
        });
  }

  private void illegalNames() throws Exception {
    in(
        fixture,
        storage -> {
          for (String name :
              List.of(
                  "",
                  "/",
                  "/a",
                  "a/",
                  "a//b",
                  ".",
                  "..",
                  "a/./b",
                  "../a",
                  "a/..",
                  "a b",
                  "a\\b",
                  "a:b",
                  "a*",
                  "a%2e",
                  "\u00e4",
                  "a\u0000b",
                  "a\nb",
                  "~",
                  "z".repeat(1001))) {
            String what = " of the name '" + name + "'";
            Expect.failure(ErrorKind.INVALID_REQUEST, "put" + what, () -> put(storage, name, "x"));
            Expect.failure(
                ErrorKind.INVALID_REQUEST, "get" + what, () -> storage.get(name, ByteRange.ALL));
            Expect.failure(ErrorKind.INVALID_REQUEST, "head" + what, () -> storage.head(name));
            Expect.failure(
                ErrorKind.INVALID_REQUEST, "delete" + what, () -> storage.delete(List.of(name)));
          }
          Expect.equal("names listed", List.of(), names(storage, "", "", 10));
        });
  }
}
