package io.elacsym.engine.cas;

import io.elacsym.api.storage.ObjectInfo;
import io.elacsym.api.storage.Storage;
import io.elacsym.engine.task.ReadTrace;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * The objects of a folder that are named by numbers, so that a listing has them in their order.
 * Whatever else lies there is left alone.
 */
public final class NumberedObjects {
  /** 18 digits always fit a long. */
  private static final String NUMBER = "00\\d{18}";

  private static final int DIGITS = 20;

  private final Storage storage;
  private final String folder;
  private final String suffix;

  /**
   * @param folder ends with a slash
   * @param suffix what comes behind the number
   */
  public NumberedObjects(Storage storage, String folder, String suffix) {
    this.storage = storage;
    this.folder = folder;
    this.suffix = suffix;
  }

  /** The object with a number, from 0 on. */
  public String name(long number) {
    return String.format(Locale.ROOT, "%s%020d%s", folder, number, suffix);
  }

  /** The numbers from one on of which there are objects, in order. */
  public List<Long> from(long first) {
    List<Long> numbers = new ArrayList<>();
    String after = first <= 0 ? "" : name(first - 1);
    ObjectList.pages(
        storage,
        folder,
        after,
        page -> {
          ReadTrace.request(0);
          page.forEach(object -> numberOf(object.name()).ifPresent(numbers::add));
          return true;
        });
    return numbers;
  }

  /** Deletes all objects with lower numbers, oldest first. */
  public void deleteBelow(long number) {
    String end = name(number);
    ObjectList.pages(
        storage,
        folder,
        "",
        page -> {
          List<String> names =
              page.stream()
                  .map(ObjectInfo::name)
                  .filter(name -> numberOf(name).filter(found -> found < number).isPresent())
                  .toList();
          if (!names.isEmpty()) {
            storage.delete(names);
          }
          return !page.isEmpty() && page.getLast().name().compareTo(end) < 0;
        });
  }

  private Optional<Long> numberOf(String name) {
    String file = name.substring(folder.length());
    return file.endsWith(suffix)
            && file.substring(0, file.length() - suffix.length()).matches(NUMBER)
        ? Optional.of(Long.parseLong(file.substring(0, DIGITS)))
        : Optional.empty();
  }
}
