package io.elacsym.distribution.config;

import io.elacsym.api.ElacsymException;
import io.elacsym.api.Option;
import io.elacsym.api.OptionType;
import io.elacsym.api.Options;
import io.elacsym.engine.settings.SettingsSection;
import java.util.List;
import java.util.Map;

/**
 * The tables {@code distributed} and {@code distributed.indexer_cluster}. They are declared so that
 * the files of a cluster are understood, and so that this version can say what it lacks.
 */
public final class DistributedSettings {
  /** Their declarations. */
  public static final List<SettingsSection> SECTIONS =
      List.of(
          new SettingsSection(
              "distributed",
              "Several nodes over one bucket. This version runs single nodes only.",
              List.of(
                  Option.of(
                      "enabled",
                      OptionType.FLAG,
                      "false",
                      "Whether this node is one of several; this version refuses true."),
                  Option.optional("node_id", OptionType.TEXT, "The node's own name.")
                      .fromEnvironment("ELACSYM_NODE_ID"),
                  Option.optional("role", OptionType.TEXT, "What the node does: indexer or query.")
                      .fromEnvironment("ELACSYM_NODE_ROLE"))),
          new SettingsSection(
              "distributed.indexer_cluster",
              "The nodes that write.",
              List.of(
                  Option.optional(
                      "nodes",
                      OptionType.TEXT,
                      "Names of the nodes that write, as a list or separated by commas."))));

  private DistributedSettings() {}

  /**
   * Checks the values of the first table by key.
   *
   * @throws ElacsymException {@code INVALID_REQUEST} when nodes are wanted
   */
  public static void check(Map<String, String> values) {
    if (Options.of("distributed.", SECTIONS.getFirst().options(), values).flag("enabled")) {
      throw ElacsymException.invalid(
          "distributed.enabled is true, expected false: this version has no roles yet and runs as a"
              + " single node; several single nodes may still share one bucket when each namespace"
              + " is written through one of them");
    }
  }
}
