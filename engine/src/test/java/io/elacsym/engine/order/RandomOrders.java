package io.elacsym.engine.order;

import io.elacsym.engine.model.ElementType;
import io.elacsym.engine.model.Schema;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;

/** Random orders that fit a schema. */
public final class RandomOrders {
  private static final int MOST_KEYS = 3;

  private RandomOrders() {}

  public static List<RowOrder.Key> keys(Random random, Schema schema) {
    List<String> fields = new ArrayList<>(List.of(Schema.ID));
    schema
        .attributes()
        .forEach((name, attribute) -> {
          if (!attribute.type().isArray() && attribute.type().element() != ElementType.GEO) {
            fields.add(name);
          }
        });
    Collections.shuffle(fields, random);
    return fields.subList(0, Math.min(fields.size(), 1 + random.nextInt(MOST_KEYS))).stream()
        .map(field -> new RowOrder.Key(field, random.nextBoolean(), random.nextBoolean()))
        .toList();
  }
}
