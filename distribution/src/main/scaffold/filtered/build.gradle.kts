plugins {
    `java-library`
    `maven-publish`
}

group = "%group%"
version = "1.0.0"

java { toolchain { languageVersion = JavaLanguageVersion.of(25) } }

repositories {
    mavenLocal()
    mavenCentral()
}

// The only module that the module-info requires; the server brings it.
val elacsymApi: Configuration by configurations.creating

dependencies {
    elacsymApi("io.elacsym:elacsym-api:@project.version@")
    // A library, on the plugin's private class path. Exchange it for those that you need.
    implementation("com.github.luben:zstd-jni:@zstd.version@")
    testImplementation("io.elacsym:elacsym-api:@project.version@")
    testImplementation("io.elacsym:elacsym-tck:@project.version@")
    testImplementation("org.junit.jupiter:junit-jupiter:@junit.version@")
    testRuntimeOnly("org.junit.platform:junit-platform-launcher")
}

// Gradle would put libraries on the module path, where a plugin must not have them.
java { modularity.inferModulePath = false }

tasks.compileJava {
    val api = elacsymApi
    inputs.files(api)
    doFirst {
        options.compilerArgs.addAll(
            listOf("--module-path", api.asPath, "--add-reads", "%package%=ALL-UNNAMED")
        )
    }
}

tasks.jar { manifest { attributes("Implementation-Version" to project.version) } }

tasks.test {
    useJUnitPlatform()
    jvmArgs("--enable-native-access=ALL-UNNAMED")
}

// build/plugin/%name%/ is what plugins/%name%/ holds once it is installed.
val pluginDirectory by tasks.registering(Sync::class) {
    from(tasks.jar, configurations.runtimeClasspath)
    into(layout.buildDirectory.dir("plugin/%name%"))
}

// What is published: that directory as a zip, beside the jar.
val pluginZip by tasks.registering(Zip::class) {
    from(pluginDirectory) { into("%name%") }
    archiveClassifier = "plugin"
    destinationDirectory = layout.buildDirectory
    isPreserveFileTimestamps = false
    isReproducibleFileOrder = true
}

tasks.assemble { dependsOn(pluginZip) }

publishing {
    publications {
        create<MavenPublication>("plugin") {
            from(components["java"])
            artifact(pluginZip)
        }
    }
}
