plugins {
    application
}

repositories {
    mavenCentral()
}

dependencies {
    implementation(platform("io.elacsym:elacsym-bom:0.1.0"))
    implementation("io.elacsym:elacsym-engine")
    // Plugins: the program names none of their classes.
    runtimeOnly("io.elacsym:elacsym-storage-local")
    runtimeOnly("io.elacsym:elacsym-format-parquet")
    runtimeOnly("io.elacsym:elacsym-index-ivf")
    runtimeOnly("io.elacsym:elacsym-index-bm25")
}

java {
    toolchain {
        languageVersion = JavaLanguageVersion.of(25)
    }
    // Everything on the class path, where plugins find their libraries.
    modularity.inferModulePath = false
}

application {
    mainClass = "com.example.embedding.Main"
    applicationDefaultJvmArgs = listOf("--add-modules", "jdk.incubator.vector", "--enable-native-access=ALL-UNNAMED")
}
