rootProject.name = "%artifact%"
