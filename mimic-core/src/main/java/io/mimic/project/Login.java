package io.mimic.project;

/** Somebody who gave a right password. */
public record Login(Project project, Role role) {}
