package io.elacsym.distribution.system;

import io.elacsym.distribution.it.ServerProcess;
import java.io.IOException;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** The processes of a cluster's nodes, each of which keeps its address when it is started again. */
final class NodeProcess {
  /** A node's name and port. */
  record Address(String id, int port) {
    String entry() {
      return "\"" + id + "=http://127.0.0.1:" + port + "\"";
    }
  }

  private final Path temp;
  private final String bucket;
  private final List<Address> indexers;
  private final List<Address> queryNodes;
  private final String distributed;
  private final boolean listed;
  private int starts;

  NodeProcess(Path temp, String bucket, int indexers, int queryNodes) throws IOException {
    this(temp, bucket, indexers, queryNodes, "");
  }

  /**
   * @param distributed lines of the table of that name, which all nodes have
   */
  NodeProcess(Path temp, String bucket, int indexers, int queryNodes, String distributed)
      throws IOException {
    this(temp, bucket, addresses(indexers, queryNodes), indexers, distributed, true);
  }

  private NodeProcess(
      Path temp,
      String bucket,
      List<Address> all,
      int indexers,
      String distributed,
      boolean listed) {
    this.temp = temp;
    this.bucket = bucket;
    this.indexers = all.subList(0, indexers);
    this.queryNodes = all.subList(indexers, all.size());
    this.distributed = distributed;
    this.listed = listed;
  }

  /** Nodes of both roles that no list names: they find each other in the bucket. */
  static NodeProcess withoutLists(Path temp, String bucket, int most) throws IOException {
    return new NodeProcess(temp, bucket, addresses(most, 0), most, "", false);
  }

  /** Free ports, all held until each is known, so that they differ. */
  private static List<Address> addresses(int indexers, int queryNodes) throws IOException {
    List<ServerSocket> held = new ArrayList<>();
    List<Address> addresses = new ArrayList<>();
    try {
      for (int i = 0; i < indexers + queryNodes; i++) {
        ServerSocket socket = new ServerSocket(0);
        held.add(socket);
        String id = i < indexers ? "indexer-" + i : "query-" + (i - indexers);
        addresses.add(new Address(id, socket.getLocalPort()));
      }
    } finally {
      for (ServerSocket socket : held) {
        socket.close();
      }
    }
    return addresses;
  }

  int count() {
    return indexers.size() + queryNodes.size();
  }

  boolean isIndexer(int number) {
    return number < indexers.size();
  }

  String id(int number) {
    return address(number).id();
  }

  private Address address(int number) {
    return isIndexer(number) ? indexers.get(number) : queryNodes.get(number - indexers.size());
  }

  /**
   * Starts a node.
   *
   * @param more tables of its configuration
   */
  synchronized ServerProcess start(int number, String more) throws IOException {
    Address node = address(number);
    Path directory = Files.createDirectory(temp.resolve("run-" + starts++ + "-" + node.id()));
    Map<String, String> environment =
        Buckets.environment(bucket, directory, configuration(number, node) + more);
    environment.put("ELACSYM_JAVA_OPTS", "-Xmx192m -XX:+UseSerialGC -XX:TieredStopAtLevel=1");
    return ServerProcess.start(directory, environment);
  }

  private String configuration(int number, Address node) {
    String common =
        """
        [server]
        host = "127.0.0.1"
        port = %d
        [storage]
        backend = "s3"
        [logging]
        format = "text"
        [distributed]
        enabled = true
        node_id = "%s"
        """
            .formatted(node.port(), node.id());
    return common + (listed ? lists(number) : inTheBucket(node));
  }

  private static String inTheBucket(Address node) {
    return """
    discovery = "bucket"
    address = "http://127.0.0.1:%d"
    """
        .formatted(node.port());
  }

  private String lists(int number) {
    return """
    role = "%s"
    %s
    [distributed.indexer_cluster]
    nodes = [%s]
    [distributed.query_cluster]
    nodes = [%s]
    """
        .formatted(
            isIndexer(number) ? "indexer" : "query", distributed, list(indexers), list(queryNodes));
  }

  private static String list(List<Address> nodes) {
    return nodes.stream().map(Address::entry).collect(Collectors.joining(", "));
  }
}
