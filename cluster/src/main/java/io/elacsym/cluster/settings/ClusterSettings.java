package io.elacsym.cluster.settings;

import io.elacsym.api.ElacsymException;
import io.elacsym.api.Option;
import io.elacsym.api.OptionType;
import io.elacsym.api.Options;
import io.elacsym.engine.settings.SettingsSection;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/**
 * The checked settings of a node of a cluster.
 *
 * @param node this node
 * @param discovery how it learns of the others
 * @param address how the name of a node becomes its address
 * @param indexers who writes; empty where nodes tell of themselves in the storage
 * @param queryNodes who answers queries; may be empty
 * @param routing what is done with a request for another node
 * @param replicas how many query nodes keep a namespace in their caches
 * @param splitBytes how large the segments of a namespace are when all query nodes search it
 */
public record ClusterSettings(
    Self node,
    Discovery discovery,
    NodeAddress address,
    List<NodeEntry> indexers,
    List<NodeEntry> queryNodes,
    Routing routing,
    int replicas,
    long splitBytes) {
  private static final String TABLE = "distributed";
  private static final String INDEXERS = "indexer_cluster";
  private static final String QUERY_NODES = "query_cluster";
  private static final String ID = "[A-Za-z0-9]([A-Za-z0-9_.-]{0,61}[A-Za-z0-9])?";

  /** Their declarations. */
  public static final List<SettingsSection> SECTIONS =
      List.of(
          new SettingsSection(
              TABLE,
              "Several nodes over one bucket; [cluster](cluster.md) tells how they work together.",
              List.of(
                  Option.of(
                          "enabled",
                          OptionType.FLAG,
                          "false",
                          "Whether this node is one of several.")
                      .fromEnvironment("ELACSYM_DISTRIBUTED"),
                  Option.optional(
                          "node_id",
                          OptionType.TEXT,
                          "The node's own name, which no other node has: 1 to 63 letters, digits,"
                              + " '-', '_' and '.'.")
                      .fromEnvironment("ELACSYM_NODE_ID"),
                  Option.optional(
                          "role",
                          OptionType.TEXT,
                          "What the node does: indexer writes, query answers queries; both when"
                              + " absent.")
                      .oneOf(Role.INDEXER.id(), Role.QUERY.id(), Role.BOTH.id())
                      .fromEnvironment("ELACSYM_NODE_ROLE"),
                  Option.of(
                          "discovery",
                          OptionType.TEXT,
                          Discovery.STATIC.id(),
                          "How nodes learn of each other: static by the lists below; dns by the"
                              + " addresses of the hosts that the lists name; bucket by what each"
                              + " node puts into the storage, without any list.")
                      .oneOf(Discovery.STATIC.id(), Discovery.DNS.id(), Discovery.BUCKET.id())
                      .fromEnvironment("ELACSYM_DISCOVERY"),
                  Option.of(
                          "address",
                          OptionType.TEXT,
                          NodeAddress.DEFAULT,
                          "Where a node answers: {node} stands for its name, or for its address"
                              + " with discovery by dns. With discovery by bucket, where this node"
                              + " answers.")
                      .fromEnvironment("ELACSYM_NODE_ADDRESS"),
                  Option.of(
                          "routing",
                          OptionType.TEXT,
                          Routing.FORWARD.id(),
                          "What is done with a request for another node: forward sends it there;"
                              + " redirect answers 307 with its address, for clients that can reach"
                              + " every node.")
                      .oneOf(Routing.FORWARD.id(), Routing.REDIRECT.id()),
                  Option.of(
                          "replicas",
                          OptionType.INTEGER,
                          "2",
                          "How many query nodes keep one namespace in their caches.")
                      .between("1", "100"),
                  Option.of(
                      "split_bytes",
                      OptionType.BYTES,
                      "4GB",
                      "A namespace whose segments have more bytes than this is searched by all query"
                          + " nodes together, each of which keeps a share of the segments in its"
                          + " caches; about what the caches of one node hold."))),
          new SettingsSection(
              TABLE + "." + INDEXERS,
              "The nodes that write.",
              List.of(nodes("that write", "ELACSYM_INDEXER_NODES"))),
          new SettingsSection(
              TABLE + "." + QUERY_NODES,
              "The nodes that answer queries.",
              List.of(nodes("that answer queries", "ELACSYM_QUERY_NODES"))));

  /**
   * This node.
   *
   * @param id its name
   */
  public record Self(String id, Role role) {}

  public ClusterSettings {
    indexers = List.copyOf(indexers);
    queryNodes = List.copyOf(queryNodes);
  }

  /** The name by which other nodes call this one, without the port; empty where DNS says it. */
  public Optional<String> ownHost() {
    if (discovery == Discovery.DNS) {
      return Optional.empty();
    }
    return Stream.concat(indexers.stream(), queryNodes.stream())
        .filter(entry -> entry.name().equals(node.id()))
        .findFirst()
        .map(entry -> entry.url(address))
        .or(() -> Optional.of(address.of(node.id())))
        .map(url -> url.getHost().toLowerCase(Locale.ROOT));
  }

  private static Option nodes(String what, String variable) {
    return Option.optional(
            "nodes",
            OptionType.TEXT,
            "Names of the nodes "
                + what
                + ", as a list or separated by commas; name=URL for one whose address is not as"
                + " distributed.address says. Names of hosts with discovery by dns.")
        .fromEnvironment(variable);
  }

  /**
   * Checks flat values.
   *
   * @param values by key below {@code distributed}, such as {@code indexer_cluster.nodes}
   * @return empty when this node is not one of several
   * @throws ElacsymException {@code INVALID_REQUEST} naming key, value and expectation
   */
  public static Optional<ClusterSettings> of(Map<String, String> values) {
    Map<String, Map<String, String>> tables = new HashMap<>();
    values.forEach((key, value) -> {
      int dot = key.indexOf('.');
      String table = dot < 0 ? "" : key.substring(0, dot);
      tables.computeIfAbsent(table, t -> new HashMap<>()).put(key.substring(dot + 1), value);
    });
    Options own =
        Options.of(TABLE + ".", SECTIONS.getFirst().options(), tables.getOrDefault("", Map.of()));
    List<NodeEntry> indexers = list(tables, INDEXERS, SECTIONS.get(1));
    List<NodeEntry> queryNodes = list(tables, QUERY_NODES, SECTIONS.get(2));
    return own.flag("enabled") ? Optional.of(of(own, indexers, queryNodes)) : Optional.empty();
  }

  private static List<NodeEntry> list(
      Map<String, Map<String, String>> tables, String table, SettingsSection section) {
    String prefix = TABLE + "." + table + ".";
    return Options.of(prefix, section.options(), tables.getOrDefault(table, Map.of()))
        .find("nodes")
        .map(text -> entries(prefix + "nodes", text))
        .orElse(List.of());
  }

  private static List<NodeEntry> entries(String key, String text) {
    List<NodeEntry> entries =
        Arrays.stream(text.split(","))
            .map(String::strip)
            .filter(entry -> !entry.isEmpty())
            .map(entry -> NodeEntry.of(key, entry))
            .toList();
    Set<String> names = new HashSet<>();
    for (NodeEntry entry : entries) {
      if (!names.add(entry.name())) {
        throw ElacsymException.invalid(
            key + " is '" + text + "', expected each node once; '" + entry.name() + "' is twice");
      }
    }
    return entries;
  }

  private static ClusterSettings of(
      Options own, List<NodeEntry> indexers, List<NodeEntry> queryNodes) {
    Role role = Role.byId(own.find("role").orElse(Role.BOTH.id())).orElseThrow();
    Discovery discovery = Discovery.byId(own.text("discovery")).orElseThrow();
    String id =
        own.find("node_id")
            .orElseThrow(() ->
                ElacsymException.invalid(
                    "distributed.node_id is missing, expected a name that no other node has, such"
                        + " as indexer-0 (or in the variable ELACSYM_NODE_ID)"));
    if (!id.matches(ID)) {
      throw ElacsymException.invalid(
          "distributed.node_id is '"
              + id
              + "', expected 1 to 63 letters, digits, '-', '_' and '.', with a letter or digit at"
              + " either end");
    }
    NodeAddress address = NodeAddress.of(own.text("address"), discovery);
    if (discovery != Discovery.BUCKET && indexers.isEmpty()) {
      throw ElacsymException.invalid(
          "distributed.indexer_cluster.nodes is missing, expected the nodes that write, such as"
              + " [\"indexer-0\", \"indexer-1\"]; without lists set distributed.discovery ="
              + " \"bucket\"");
    }
    if (discovery == Discovery.STATIC) {
      requireListed(id, role != Role.QUERY, INDEXERS, indexers);
      requireListed(id, role == Role.QUERY && !queryNodes.isEmpty(), QUERY_NODES, queryNodes);
      if (role == Role.QUERY && contains(indexers, id)) {
        throw ElacsymException.invalid(
            "distributed.role is 'query', but distributed.indexer_cluster.nodes has '"
                + id
                + "', expected it only there where role is indexer or absent");
      }
    }
    return new ClusterSettings(
        new Self(id, role),
        discovery,
        address,
        indexers,
        queryNodes,
        Routing.byId(own.text("routing")).orElseThrow(),
        own.smallInteger("replicas"),
        own.bytes("split_bytes"));
  }

  private static void requireListed(
      String id, boolean wanted, String table, List<NodeEntry> entries) {
    if (wanted && !contains(entries, id)) {
      throw ElacsymException.invalid(
          "distributed.node_id is '"
              + id
              + "', expected one of distributed."
              + table
              + ".nodes, which are "
              + String.join(", ", entries.stream().map(NodeEntry::name).toList()));
    }
  }

  private static boolean contains(List<NodeEntry> entries, String id) {
    return entries.stream().anyMatch(entry -> entry.name().equals(id));
  }
}
