package io.elacsym.distribution.transfer;

import io.elacsym.api.ElacsymException;
import io.elacsym.api.ErrorKind;
import io.elacsym.distribution.client.ElacsymClient;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Stores documents and finds out which of them the server refuses. A request is applied entirely or
 * not at all, so that one bad document refuses its whole batch: the error names it by its index,
 * the others are sent again without it. Where no index is named, the batch is halved.
 */
final class BatchSender {
  private static final Pattern PLACE = Pattern.compile("^documents\\[(\\d+)\\][.:]?\\s*");

  private final ElacsymClient client;
  private final String path;

  BatchSender(ElacsymClient client, String namespace) {
    this.client = client;
    this.path = ElacsymClient.path(namespace, "/upsert");
  }

  /**
   * Sends documents.
   *
   * @return those that were refused, with the reasons
   * @throws ElacsymException when the server cannot be reached or fails, or when the namespace is
   *     not there
   */
  List<Row.Rejected> send(List<Row.Document> documents) {
    List<Row.Rejected> rejected = new ArrayList<>();
    List<Row.Document> rest = documents;
    while (!rest.isEmpty()) {
      try {
        client.postRaw(path, Batch.body(rest));
        return rejected;
      } catch (ElacsymException e) {
        if (e.kind() != ErrorKind.INVALID_REQUEST && e.kind() != ErrorKind.TOO_LARGE) {
          throw e;
        }
        String message = String.valueOf(e.getMessage());
        Matcher place = PLACE.matcher(message);
        int index = place.find() ? parse(place.group(1), rest.size()) : -1;
        if (rest.size() == 1) {
          rejected.add(rejected(rest.getFirst(), place.replaceFirst("")));
          return rejected;
        }
        if (index >= 0) {
          rejected.add(rejected(rest.get(index), place.replaceFirst("")));
          rejected.addAll(send(rest.subList(0, index)));
          rest = rest.subList(index + 1, rest.size());
        } else {
          rejected.addAll(send(rest.subList(0, rest.size() / 2)));
          rest = rest.subList(rest.size() / 2, rest.size());
        }
      }
    }
    return rejected;
  }

  private static Row.Rejected rejected(Row.Document document, String reason) {
    return new Row.Rejected(document.number(), reason);
  }

  private static int parse(String digits, int size) {
    try {
      int index = Integer.parseInt(digits);
      return index < size ? index : -1;
    } catch (NumberFormatException e) {
      return -1;
    }
  }
}
