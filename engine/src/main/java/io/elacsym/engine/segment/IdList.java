package io.elacsym.engine.segment;

import io.elacsym.engine.model.DocId;
import io.elacsym.engine.model.Strings;
import java.util.List;
import java.util.stream.IntStream;

/** Ids of one kind, packed. Immutable. */
public final class IdList {
  private final DocId.Kind kind;
  private final long[] numbers;
  private final String[] texts;

  private IdList(DocId.Kind kind, long[] numbers, String[] texts) {
    this.kind = kind;
    this.numbers = numbers;
    this.texts = texts;
  }

  public static IdList ofNumbers(long[] numbers) {
    return new IdList(DocId.Kind.UINT, numbers, new String[0]);
  }

  public static IdList ofTexts(String[] texts) {
    return new IdList(DocId.Kind.STRING, new long[0], texts);
  }

  /** Ids of one kind; at least one. */
  public static IdList of(List<DocId> ids) {
    return switch (ids.getFirst().kind()) {
      case UINT -> ofNumbers(ids.stream().mapToLong(id -> ((DocId.Uint) id).value()).toArray());
      case STRING -> ofTexts(ids.stream().map(DocId::toString).toArray(String[]::new));
    };
  }

  public DocId.Kind kind() {
    return kind;
  }

  public int size() {
    return kind == DocId.Kind.UINT ? numbers.length : texts.length;
  }

  public DocId get(int index) {
    return kind == DocId.Kind.UINT ? DocId.of(numbers[index]) : DocId.of(texts[index]);
  }

  long[] numbers() {
    return numbers;
  }

  String[] texts() {
    return texts;
  }

  /** Positions of the ids in ascending order of the ids. */
  int[] sortedPositions() {
    return IntStream.range(0, size())
        .boxed()
        .sorted((a, b) -> compare(a, b))
        .mapToInt(Integer::intValue)
        .toArray();
  }

  private int compare(int a, int b) {
    return kind == DocId.Kind.UINT
        ? Long.compareUnsigned(numbers[a], numbers[b])
        : Strings.compareCodePoints(texts[a], texts[b]);
  }

  /** Whether each id is greater than the one before it. */
  boolean isAscending() {
    return IntStream.range(1, size()).allMatch(i -> compare(i - 1, i) < 0);
  }

  IdList permuted(int[] order) {
    return kind == DocId.Kind.UINT
        ? ofNumbers(IntStream.of(order).mapToLong(i -> numbers[i]).toArray())
        : ofTexts(IntStream.of(order).mapToObj(i -> texts[i]).toArray(String[]::new));
  }

  /**
   * Binary search in a sorted list.
   *
   * @return the position, or {@code -(insertion point) - 1}
   */
  int search(DocId id) {
    int low = 0;
    int high = size() - 1;
    while (low <= high) {
      int middle = (low + high) >>> 1;
      int sign = compareAt(middle, id);
      if (sign < 0) {
        low = middle + 1;
      } else if (sign > 0) {
        high = middle - 1;
      } else {
        return middle;
      }
    }
    return -low - 1;
  }

  private int compareAt(int index, DocId id) {
    return switch (id) {
      case DocId.Uint uint when kind == DocId.Kind.UINT ->
          Long.compareUnsigned(numbers[index], uint.value());
      case DocId.Text text when kind == DocId.Kind.STRING ->
          Strings.compareCodePoints(texts[index], text.value());
      default -> kind.compareTo(id.kind());
    };
  }
}
