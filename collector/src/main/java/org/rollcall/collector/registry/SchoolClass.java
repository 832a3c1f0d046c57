package org.rollcall.collector.registry;

/**
 * A class (teaching group) of a school.
 *
 * @param name unique in the school; devices name it as their space
 * @param platformDeclared whether the school declares a multimedia platform in it
 */
public record SchoolClass(String school, String name, int grade, boolean platformDeclared) {}
