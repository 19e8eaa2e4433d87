package io.elacsym.cluster.member;

import io.elacsym.cluster.settings.Role;
import java.net.URI;

/**
 * A place where a node may be.
 *
 * @param name what it is called in the configuration, the DNS or the storage
 * @param url where it answers, if it is there
 * @param role what it is expected to do, until it says so itself
 */
record Seed(String name, URI url, Role role) {}
