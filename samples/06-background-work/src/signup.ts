import { IsEmail } from 'class-validator';

/** Who signs up. */
export class Signup {
  @IsEmail()
  email!: string;
}
