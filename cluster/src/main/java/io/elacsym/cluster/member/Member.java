package io.elacsym.cluster.member;

import io.elacsym.cluster.settings.Role;
import java.net.URI;

/**
 * A node of the cluster, as another one knows it.
 *
 * @param id its {@code node_id}
 * @param url where it answers, without a path
 */
public record Member(String id, URI url, Role role) {}
