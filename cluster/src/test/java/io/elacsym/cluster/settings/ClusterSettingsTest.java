package io.elacsym.cluster.settings;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.elacsym.api.ElacsymException;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ClusterSettingsTest {
  private static final Map<String, String> GUIDE =
      Map.of(
          "enabled", "true",
          "node_id", "indexer-0",
          "role", "indexer",
          "indexer_cluster.nodes", "indexer-0,indexer-1,indexer-2");

  private static Map<String, String> with(String key, String value) {
    Map<String, String> values = new HashMap<>(GUIDE);
    values.put(key, value);
    return values;
  }

  @Test
  void aServerIsAloneUnlessItIsToldOtherwise() {
    assertThat(ClusterSettings.of(Map.of())).isEmpty();
    assertThat(ClusterSettings.of(with("enabled", "false"))).isEmpty();
  }

  @Test
  void namesBecomeAddresses() {
    ClusterSettings settings =
        ClusterSettings.of(
                with("indexer_cluster.nodes", "indexer-0, indexer-1=http://10.0.0.7:4000/"))
            .orElseThrow();
    assertThat(settings.indexers().get(0).url(settings.address()))
        .hasToString("http://indexer-0:3000");
    assertThat(settings.indexers().get(1).url(settings.address()))
        .hasToString("http://10.0.0.7:4000");
    assertThat(settings.ownHost()).contains("indexer-0");
  }

  @Test
  void aQueryNodeNeedsOnlyToKnowWhoWrites() {
    Map<String, String> values = with("role", "query");
    values.put("node_id", "query-0");
    ClusterSettings settings = ClusterSettings.of(values).orElseThrow();
    assertThat(settings.node().role()).isEqualTo(Role.QUERY);
    assertThat(settings.queryNodes()).isEmpty();
  }

  @Test
  void whoSaysNoRoleDoesBoth() {
    Map<String, String> values = new HashMap<>(GUIDE);
    values.remove("role");
    assertThat(ClusterSettings.of(values).orElseThrow().node().role()).isEqualTo(Role.BOTH);
  }

  @Test
  void inABucketNobodyNeedsAList() {
    Map<String, String> values =
        Map.of("enabled", "true", "node_id", "a", "discovery", "bucket", "address", "http://a:1");
    assertThat(ClusterSettings.of(values)).isPresent();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "node_id | | distributed.node_id",
        "node_id | in dex | distributed.node_id",
        "node_id | indexer-9 | distributed.indexer_cluster.nodes",
        "role | boss | distributed.role",
        "role | query | expected it only there where role is indexer",
        "discovery | gossip | distributed.discovery",
        "address | http://fixed:3000 | {node}",
        "address | ftp://{node} | distributed.address",
        "address | http://{node}:3000/path | distributed.address",
        "routing | teleport | distributed.routing",
        "replicas | 0 | distributed.replicas",
        "indexer_cluster.nodes | indexer-0,indexer-0 | expected each node once",
        "indexer_cluster.nodes | indexer-0,a b | no name of a node",
        "indexer_cluster.nodes | indexer-0=nowhere | http://indexer-0:3000",
        "query_cluster.nodes | q=https://q | distributed.query_cluster.nodes"
      })
  void whatIsWrongIsNamed(String key, String value, String named) {
    Map<String, String> values = with(key, value == null ? "" : value);
    assertThatThrownBy(() -> ClusterSettings.of(values))
        .isInstanceOf(ElacsymException.class)
        .hasMessageContaining(named)
        .hasMessageContaining("expected");
  }

  @Test
  void listsAreNeededWhereNobodyTells() {
    Map<String, String> values = new HashMap<>(GUIDE);
    values.remove("indexer_cluster.nodes");
    assertThatThrownBy(() -> ClusterSettings.of(values))
        .hasMessageContaining("distributed.indexer_cluster.nodes is missing");
    values.remove("node_id");
    assertThatThrownBy(() -> ClusterSettings.of(values)).hasMessageContaining("ELACSYM_NODE_ID");
  }
}
