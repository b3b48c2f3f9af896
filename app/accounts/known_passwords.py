"""What everybody tries first as a password, alone or with figures around it."""

KNOWN = frozenset(
    """
    123456789abc 123456789azerty 123456789qwerty 123abc123abc 1q2w3e4r5t6y 1q2w3e4r5t6y7u 1q2w3e4r5t6y7u8i
    1qaz2wsx3edc 1qaz2wsx3edc4rfv 987654321987 a1b2c3d4e5f6 a1z2e3r4t5y6 a1z2e3r4t5y6u7 abc123abc123
    abcd1234abcd abcdef123456 admin123admin adminadmin adminadmin123 administrateur administrator administrator1
    alexandre alexandrealexandre ameli amelifr aout arsenalarsenal assurancemaladie aucuneidee automne
    automne2026 avril azerty azerty123 azerty123456 azerty123456789 azertyazerty azertyqsdfgh azertyuiop
    azertyuiopqsdfghjklm barcelona barcelonafc baseball basketball batmanbatman bienvenue bienvenue1
    bienvenuebienvenue blessedblessed bonjour bonjour123 bonjourbonjour bonjourmonde bordeaux butterfly
    camillecamille caramel catherine changeme changeme123 changemenow changezmoi charlotte chelsea chelseafc
    chocolat chocolatchocolat chocolate chouchou christopher computer computer123 connexion connexion123
    conseildelordre correcthorse correcthorsebatterystaple coucou123456 coucoucoucou cpam cpamcpam decembre demo
    demodemo demodemodemo docteur docteurdocteur doraemon doudou doudoudoudou dragonball elisabeth ete2026
    exemple exempleexemple fevrier football football123 france francefrance godisgood harrypotter harrypotter1
    hiver hopital iloveyou iloveyou123 iloveyouforever iloveyousomuch internet internetexplorer janvier
    jenesaispas jenesaispas1 jesaispas jesuschrist jesusislord jesuslovesme jetaime jetaime123 jetaimejetaime
    jetaimemonamour jetaimepourlavie jonathan juillet juin juventus lemotdepasse letmein letmeinnow
    letmeinplease liverpool liverpoolfc loulou loulouloulou manchester manchesterunited mars marseille
    marseille13 medecin michaeljackson minecraft minecraft123 monamour monamourpourtoujours monmotdepasse
    motdepasse motdepasse1 motdepasse123 motdepassesecret mypassword mypassword123 nantes naruto narutonaruto
    nicolasnicolas nimporte nimportequoi noel noel2026 novembre octobre olympiquedemarseille ordinateur
    ordinateur1 ordredesmedecins parissaintgermain parissg password password1 password123 password1234
    password12345 passwordpassword plainte plainteplainte pokemonpokemon princess princess123 princesse
    princesse123 printemps printemps2026 provisoire provisoire123 qazwsxedcrfv qazwsxedcrfvtgb qwerty
    qwerty123456 qwertyazerty qwertyqwerty qwertyuiop qwertyuiop123 qwertyuiopasdf realmadrid rienrienrien
    rootroot saisine saisinesaisine secretariat secretsecret securitesociale septembre service1234 soleil
    soleil123 soleilsoleil spiderman starwars starwars123 strasbourg sunshine sunshine123 superman superman123
    supersecret telephone temporaire temporaire123 test test1234test testtest testtesttest thisismypassword toor
    topsecret toulouse trustno1 trustnoone utilisateur utilisateur1 vacances vacances2026 vivelafrance welcome
    welcome123 welcomewelcome whatever whateverwhatever zaq12wsxcde3 zaq1xsw2cde3
    """.split()  # noqa: SIM905 - three hundred words are easier to read without quotes
)
