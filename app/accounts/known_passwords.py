"""Long passwords that everybody tries first (twelve characters or more); shorter ones are refused for their length."""

KNOWN = frozenset(
    """
    motdepasse motdepasse1 motdepasse123 monmotdepasse lemotdepasse motdepassesecret passwordpassword password password1
    password123 password1234 password12345 mypassword mypassword123 thisismypassword changeme changemenow changezmoi
    changeme123 administrator administrateur administrator1 adminadmin adminadmin123 admin123admin rootroot toor
    letmein letmeinnow letmeinplease iloveyou iloveyou123 iloveyouforever iloveyousomuch jetaime jetaimejetaime jetaime123
    jetaimepourlavie jetaimemonamour monamour monamourpourtoujours doudou doudoudoudou loulou loulouloulou chouchou
    bonjour bonjourbonjour bonjour123 bonjourmonde soleil soleilsoleil soleil123 marseille marseille13 olympiquedemarseille
    parissaintgermain parissg toulouse bordeaux nantes strasbourg france francefrance vivelafrance azerty azertyazerty
    azertyuiop azertyuiopqsdfghjklm azerty123456 azerty123 azertyqsdfgh qwerty qwertyqwerty qwerty123456 qwertyuiop
    qwertyuiop123 qwertyuiopasdf qwertyazerty 1q2w3e4r5t6y 1q2w3e4r5t6y7u 1q2w3e4r5t6y7u8i 1qaz2wsx3edc 1qaz2wsx3edc4rfv
    qazwsxedcrfv qazwsxedcrfvtgb a1z2e3r4t5y6 a1z2e3r4t5y6u7 zaq12wsxcde3 zaq1xsw2cde3 123456789abc 123456789azerty
    123456789qwerty azerty123456789 abcd1234abcd abcdef123456 abc123abc123 a1b2c3d4e5f6 123abc123abc 987654321987
    trustno1 trustnoone superman superman123 batmanbatman spiderman starwars starwars123 pokemonpokemon minecraft
    minecraft123 doraemon dragonball naruto narutonaruto harrypotter harrypotter1 supersecret topsecret secretsecret
    correcthorsebatterystaple correcthorse whatever whateverwhatever welcome welcome123 welcomewelcome bienvenue bienvenue1
    bienvenuebienvenue ordinateur ordinateur1 telephone internet internetexplorer connexion connexion123 utilisateur
    utilisateur1 assurancemaladie cpam cpamcpam ameli amelifr securitesociale conseildelordre ordredesmedecins plainte
    plainteplainte saisine saisinesaisine secretariat hopital medecin docteur docteurdocteur service1234 test testtest
    testtesttest test1234test exemple exempleexemple demo demodemo demodemodemo temporaire temporaire123 provisoire
    provisoire123 printemps printemps2026 automne automne2026 hiver ete2026 vacances vacances2026 noel noel2026 janvier
    fevrier mars avril juin juillet aout septembre octobre novembre decembre liverpool liverpoolfc manchesterunited
    manchester chelsea chelseafc barcelona barcelonafc realmadrid juventus arsenalarsenal computer computer123 sunshine
    sunshine123 princess princess123 princesse princesse123 football football123 baseball basketball michaeljackson
    christopher jesuschrist jesusislord jesuslovesme blessedblessed godisgood jonathan alexandre alexandrealexandre
    nicolasnicolas camillecamille charlotte catherine elisabeth butterfly chocolate chocolat chocolatchocolat caramel
    coucoucoucou coucou123456 nimporte nimportequoi jesaispas jenesaispas jenesaispas1 aucuneidee rienrienrien
    """.split()
)
