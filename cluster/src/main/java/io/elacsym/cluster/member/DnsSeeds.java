package io.elacsym.cluster.member;

import io.elacsym.cluster.settings.ClusterSettings;
import io.elacsym.cluster.settings.NodeEntry;
import io.elacsym.cluster.settings.Role;
import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** The addresses of the hosts that the lists name: each is a node. This node is among them. */
final class DnsSeeds implements Seeds {
  private static final Duration PERIOD = Duration.ofSeconds(5);

  private final ClusterSettings settings;
  private final Peers peers;

  DnsSeeds(ClusterSettings settings, Peers peers) {
    this.settings = settings;
    this.peers = peers;
  }

  @Override
  public Duration period() {
    return PERIOD;
  }

  private record Host(NodeEntry entry, Role role) {}

  @Override
  public List<Seed> look() throws IOException {
    List<Seed> seeds = new ArrayList<>();
    for (Host host : ListedSeeds.each(settings, Host::new)) {
      if (host.entry().url().isPresent()) {
        seeds.add(new Seed(host.entry().name(), host.entry().url().get(), host.role()));
        continue;
      }
      for (String address : peers.resolve(host.entry().name())) {
        URI url = settings.address().of(address.contains(":") ? "[" + address + "]" : address);
        seeds.add(new Seed(url.getAuthority(), url, host.role()));
      }
    }
    return seeds;
  }
}
