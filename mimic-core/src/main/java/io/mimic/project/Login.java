package io.mimic.project;

/** Who is logged in to what. */
public record Login(Project project, Role role) {}
