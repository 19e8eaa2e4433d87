/** Which other nodes there are, and which of them answer. */
package io.elacsym.cluster.member;
